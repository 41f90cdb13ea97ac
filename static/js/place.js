/* Looks again where the number stands; without this file the browser reloads the page. */
(() => {
  "use strict";
  const EVERY = 10000;
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("keadaan");
        const shown = document.getElementById("keadaan");
        if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceChildren(...fresh.childNodes);
        // The number is done: nothing more will change.
        if (!page.querySelector("script[src*='place']")) return;
      }
    } catch {
      // No network for a moment: the next look may find it.
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
})();
