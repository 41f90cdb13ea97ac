/* Comfort only: every page works without this file. Words come from the data attributes of its script element. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const MEGABYTE = 1048576;

  const make = (tag, className, text = "") => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const sizeText = (bytes) =>
    bytes >= MEGABYTE
      ? `${(bytes / MEGABYTE).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`
      : `${Math.max(1, Math.round(bytes / 1024))} kB`;

  document.querySelector(".galat-ringkasan")?.focus();

  // <button type="button" hidden data-copy="#selector or the text itself">
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    const label = button.innerHTML;
    const status = make("span", "visually-hidden");
    status.setAttribute("role", "status");
    button.after(status);
    button.hidden = false;
    button.addEventListener("click", async () => {
      const wanted = button.dataset.copy;
      const source = wanted.startsWith("#") && document.querySelector(wanted);
      await navigator.clipboard.writeText(source ? source.dataset.value || source.textContent.trim() : wanted);
      button.textContent = status.textContent = words.copied;
      setTimeout(() => {
        button.innerHTML = label;
        status.textContent = "";
      }, 4000);
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Chosen files with their size; the server decides, this only spares a slow upload that would be refused.
  for (const input of document.querySelectorAll("input[type=file]")) {
    const maxBytes = Number(input.dataset.maxBytes) || 10 * MEGABYTE;
    const maxFiles = Number(input.dataset.max) || 5;
    const list = make("ul", "berkas-terpilih");
    const live = make("div", "galat-berkas");
    live.setAttribute("aria-live", "polite");
    live.append(list);
    input.after(live);
    input.addEventListener("change", () => {
      const files = [...input.files];
      list.replaceChildren(
        ...files.map((file) => {
          const tooBig = file.size > maxBytes;
          const item = make("li", tooBig ? "terlalu-besar" : "");
          const detail = sizeText(file.size) + (tooBig ? `, ${say(words.tooBig, { max: sizeText(maxBytes) })}` : "");
          item.append(make("span", "nama", file.name), make("span", "rincian", detail));
          return item;
        }),
      );
      if (files.length > maxFiles) {
        list.append(make("li", "terlalu-besar", say(words.tooMany, { max: maxFiles, n: files.length })));
      }
    });
  }

  // Characters left, counted as the server counts: one per code point, a line break as two.
  for (const field of document.querySelectorAll("textarea[maxlength], textarea[data-counter]")) {
    const max = Number(field.dataset.counter) || field.maxLength;
    const shown = make("p", "hitung");
    const live = make("p", "visually-hidden");
    shown.setAttribute("aria-hidden", "true");
    live.setAttribute("role", "status");
    field.after(shown, live);
    let timer;
    const count = () => {
      const left = max - [...field.value.replace(/\r?\n/g, "\r\n")].length;
      shown.textContent = say(left < 0 ? words.over : words.left, { n: Math.abs(left).toLocaleString(document.documentElement.lang) });
      shown.classList.toggle("lebih", left < 0);
      return left;
    };
    field.addEventListener("input", () => {
      const left = count();
      clearTimeout(timer);
      timer = setTimeout(() => { live.textContent = left < max / 5 ? shown.textContent : ""; }, 1000);
    });
    count();
  }

  // Texts appear beside the form while it is filled in; the page that shows them otherwise is not needed.
  document.addEventListener("DOMContentLoaded", () => {
    const seen = document.querySelector("input[name=saran_tampil]");
    if (seen && window.htmx) seen.value = "1";
  });

  // A sent form looks sent; it is never locked, because a lost connection must leave the way to try again.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.classList.contains("btn") || event.defaultPrevented) return;
    const live = make("span", "visually-hidden");
    live.setAttribute("role", "status");
    button.after(live);
    button.classList.add("mengirim");
    live.textContent = words.sending;
    const restore = () => {
      button.classList.remove("mengirim");
      live.remove();
    };
    setTimeout(restore, 8000);
    window.addEventListener("pageshow", restore, { once: true });
  });
})();
