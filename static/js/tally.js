/* The grid of contacts: sums while typing, Enter and the arrows from cell to cell. Works without. */
(() => {
  "use strict";
  const sheet = document.querySelector("[data-lembar]");
  const table = sheet && sheet.querySelector("table");
  if (!table) return;
  const rows = [...table.tBodies[0].rows];
  const grid = rows.map((row) => [...row.querySelectorAll("td:not([data-baris])")].map((cell) => cell.querySelector("input")));
  const digits = (input) => {
    const typed = input ? input.value.trim() : "";
    return /^[0-9]{1,3}([. ,\u00a0][0-9]{3}){1,2}$|^[0-9]{1,9}$/.test(typed) ? Number(typed.replace(/[^0-9]/g, "")) : 0;
  };
  const dotted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  const columns = [...table.tFoot.querySelectorAll("[data-kolom]")];
  const sum = () => {
    let all = 0;
    grid.forEach((cells, y) => {
      if (!cells.some(Boolean)) return;
      const total = cells.reduce((before, input) => before + digits(input), 0);
      rows[y].querySelector("[data-baris]").textContent = dotted(total);
      all += total;
    });
    columns.forEach((cell, x) => {
      if (grid.some((cells) => cells[x])) cell.textContent = dotted(grid.reduce((before, cells) => before + digits(cells[x]), 0));
    });
    table.tFoot.querySelector("[data-semua]").textContent = dotted(all);
  };
  if (grid.some((cells) => cells.some(Boolean))) {
    table.addEventListener("input", sum);
    sum();
  }

  const move = (input, down, right) => {
    let y = grid.findIndex((cells) => cells.includes(input));
    let x = grid[y].indexOf(input);
    for (y += down, x += right; grid[y] && x >= 0 && x < grid[y].length; y += down, x += right) {
      if (grid[y][x]) {
        grid[y][x].focus();
        grid[y][x].select();
        return true;
      }
    }
    return false;
  };
  const ways = { ArrowDown: [1, 0], ArrowUp: [-1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const input = event.target;
    const way = ways[event.key];
    if (!way || input.tagName !== "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    // Within a number the sideways arrows move the caret; they leave it at its ends.
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    if (event.key === "ArrowLeft" && !whole && input.selectionStart > 0) return;
    if (event.key === "ArrowRight" && !whole && input.selectionEnd < input.value.length) return;
    // Enter in the last row saves, as in any form.
    if (move(input, way[0], way[1]) || event.key !== "Enter") event.preventDefault();
  });

  let typed = false;
  sheet.addEventListener("input", () => { typed = true; });
  sheet.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
})();
