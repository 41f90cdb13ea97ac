/* Niceties of the desk; every page works without them. */
(() => {
  "use strict";
  const list = document.getElementById("changelist-form");
  const corner = list && list.querySelector("thead .pilih");
  if (corner) {
    const all = document.createElement("input");
    all.type = "checkbox";
    all.setAttribute("aria-label", "Pilih semua di halaman ini");
    corner.append(all);
    const boxes = () => list.querySelectorAll('input[name="_selected_action"]');
    all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
  }

  // Beside the list there is room for the filters; above it there is not.
  const filters = document.querySelector(".saringan details");
  if (filters && !filters.querySelector("[aria-invalid=true]")) {
    filters.open = window.matchMedia("(min-width: 60rem)").matches;
  }

  // A text that was typed and not sent is worth a question before the page is left.
  let typed = false;
  document.querySelectorAll(".langkah form[method=post]").forEach((form) => {
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
  });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
})();
