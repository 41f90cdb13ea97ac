/* Niceties of the editor; every page works without them. */
(() => {
  "use strict";

  // The secret link is copied with one press where the browser allows it.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const field = document.getElementById(button.dataset.copy);
    if (!field || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = "Disalin";
      } catch {
        field.select();
        button.textContent = "Tekan Ctrl+C";
      }
      window.setTimeout(() => { button.textContent = "Salin"; }, 3000);
    });
  });

  const form = document.querySelector("form.tulis-bahan");
  if (!form) return;

  let isTyped = Boolean(document.querySelector("#pratinjau, .galat-ringkasan"));
  form.addEventListener("input", () => { isTyped = true; });
  form.addEventListener("submit", () => { isTyped = false; });
  window.addEventListener("beforeunload", (event) => { if (isTyped) event.preventDefault(); });

  const marks = Array.from(document.querySelectorAll("[data-mark]"), (code) => ({
    mark: code.dataset.mark,
    words: code.parentElement.querySelector("small").textContent,
  }));

  // Puts `before` and `after` around what is selected, and selects it again.
  function wrap(field, before, after, placeholder) {
    const { selectionStart: from, selectionEnd: to, value } = field;
    const chosen = value.slice(from, to) || placeholder;
    field.focus();
    field.setRangeText(before + chosen + after, from, to, "end");
    field.setSelectionRange(from + before.length, from + before.length + chosen.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Puts a sign at the beginning of each chosen line.
  function prefix(field, sign) {
    const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const chosen = field.value.slice(from, field.selectionEnd);
    field.focus();
    field.setRangeText(chosen.split("\n").map((line) => sign + line).join("\n"), from, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function button(words, label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function factChooser(field) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", "Sisipkan fakta");
    select.append(new Option("Sisipkan fakta…", ""));
    marks.forEach(({ mark, words }) => select.append(new Option(words, mark)));
    select.addEventListener("change", () => {
      if (select.value) wrap(field, "", "", select.value);
      select.value = "";
    });
    return select;
  }

  function toolbar(field, name) {
    const bar = document.createElement("div");
    bar.className = "alat-teks";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `Alat teks: ${name}`);
    bar.append(
      button("Tebal", "Tebal", () => wrap(field, "**", "**", "kata")),
      button("Judul", "Judul bagian", () => prefix(field, "# ")),
      button("Daftar", "Daftar", () => prefix(field, "- ")),
      button("Tautan", "Tautan", () => wrap(field, "[", "](https://)", "kata tautan")),
      factChooser(field),
    );
    return bar;
  }

  // What readers will see, asked for when the typing pauses.
  function livePreview(field, name) {
    const box = document.createElement("div");
    box.className = "pratinjau-langsung";
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", `Pratinjau: ${name}`);
    const title = document.createElement("p");
    title.className = "judul-pratinjau";
    title.textContent = "Pratinjau";
    const pane = document.createElement("div");
    box.append(title, pane);

    let timer, asked = 0;
    async function show() {
      box.hidden = !field.value.trim();
      if (box.hidden) return;
      const turn = ++asked;
      const sent = new FormData();
      sent.append("text", field.value);
      sent.append("lang", field.lang || "id");
      sent.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      try {
        const answer = await fetch(form.dataset.preview, { method: "POST", body: sent, redirect: "error" });
        if (!answer.ok) throw new Error(answer.statusText);
        const html = await answer.text();
        if (turn === asked) pane.innerHTML = html;
        title.textContent = "Pratinjau";
      } catch {
        title.textContent = "Pratinjau belum dapat dimuat. Teks Anda tetap di sini.";
      }
    }
    field.addEventListener("input", () => { window.clearTimeout(timer); timer = window.setTimeout(show, 400); });
    show();
    return box;
  }

  form.querySelectorAll("textarea[data-markdown]").forEach((field) => {
    const name = field.labels[0] ? field.labels[0].firstChild.textContent.trim() : "";
    field.before(toolbar(field, name));
    field.after(livePreview(field, name));
  });
})();
