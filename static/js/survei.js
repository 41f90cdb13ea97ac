/* Comfort only. On a phone: how many questions are answered. At the kiosk: back to the start when nobody touches it. */
(() => {
  "use strict";
  const { progress: words, home, idle } = document.currentScript.dataset;

  const shown = document.querySelector("[data-counted]");
  if (shown && words) {
    const bar = shown.querySelector("progress");
    const text = shown.querySelector("span");
    const names = new Set([...document.querySelectorAll("#survei input[type=radio]")].map((input) => input.name));
    const count = () => {
      const done = [...names].filter((name) => document.querySelector(`#survei input[name="${name}"]:checked`)).length;
      bar.max = names.size;
      bar.value = done;
      text.textContent = words.replace("{n}", done).replace("{total}", names.size);
    };
    document.querySelector("#survei").addEventListener("change", count);
    shown.hidden = shown.parentElement.hidden = false;
    count();
  }

  if (home && idle) {
    let timer = 0;
    const reset = () => {
      clearTimeout(timer);
      timer = setTimeout(() => location.replace(home), Number(idle) * 1000);
    };
    ["pointerdown", "keydown", "focusin"].forEach((kind) => document.addEventListener(kind, reset));
    reset();
  }

  // A double tap is one answer.
  document.querySelectorAll("#kios-survei").forEach((form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
  });
})();
