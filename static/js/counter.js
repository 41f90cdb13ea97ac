/* Comfort at the counter: one key a button, and a look whether somebody waits. Nothing depends on it. */
(() => {
  "use strict";
  const address = document.currentScript.dataset.state;
  const isWriting = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting()) return;
    const button = document.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (button && !button.disabled) {
      event.preventDefault();
      button.click();
    }
  });

  // A button pressed twice acts once; the server makes sure of it too.
  document.querySelectorAll("form[method=post]").forEach((form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
      setTimeout(() => { sent = false; }, 4000);
    });
  });

  let typed = false;
  document.querySelectorAll("form[data-typed]").forEach((form) => {
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
  });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

  // At an empty counter the page looks for a newcomer every five seconds.
  const call = document.querySelector('button[data-key="n"]');
  if (!call) return;
  const waitingNow = document.getElementById("menunggu") !== null;
  const look = async () => {
    try {
      const answer = await fetch(address, { cache: "no-store" });
      const state = await answer.json();
      if ((state.next.length > 0) !== waitingNow && !isWriting()) {
        location.reload();
        return;
      }
    } catch {
      // The next look may find the server again.
    }
    setTimeout(look, 5000);
  };
  setTimeout(look, 5000);
})();
