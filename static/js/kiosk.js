/* The kiosk goes back to its first screen when nobody touches it; the slip prints itself once. */
(() => {
  "use strict";
  const { home, print: prints } = document.currentScript.dataset;
  const IDLE = prints === undefined ? 60000 : 20000;
  let timer = 0;
  const reset = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(home), IDLE);
  };
  if (prints !== undefined || location.search || document.querySelector("[role=alert]") || location.pathname !== home) {
    ["pointerdown", "keydown", "focusin"].forEach((kind) => document.addEventListener(kind, reset));
    reset();
  } else {
    // The first screen itself tells how many wait; it looks again once a minute.
    setInterval(() => location.reload(), 60000);
  }
  // A double tap is one number.
  document.querySelectorAll("form[method=post]:not(.bahasa)").forEach((form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
  });
  const button = document.querySelector("[data-print-now]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  if (prints !== undefined && navigator.webdriver !== true) {
    const picture = document.querySelector(".qr img");
    const once = () => print();
    if (!picture || picture.complete) once(); else picture.addEventListener("load", once, { once: true });
  }
})();
