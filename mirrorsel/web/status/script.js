"use strict";
(() => {
  const table = document.getElementById("Mirrors");
  for (const one of document.querySelectorAll("[data-here]"))
    one.textContent = one.textContent.replaceAll(one.dataset.here, location.origin);
  document.getElementById("Here")?.remove();
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const order = document.getElementById("Order");
  const form = document.getElementById("Find");
  const text = form.elements.text, state = form.elements.state, told = form.elements.told;
  const ranks = [...state.options].map((one) => one.value);
  const collator = new Intl.Collator("en", { numeric: true });

  const key = (row, column) => {
    if (heads[column].dataset.by === "state") return ranks.indexOf(row.className);
    const cell = row.cells[column];
    return cell.dataset.k ?? cell.textContent.trim();
  };
  const sort = (column, down) => {
    const numeric = heads[column].dataset.by !== "text";
    const compare = (a, b) => {
      const x = key(a, column), y = key(b, column);
      // What has no value stands last, whichever way is asked for.
      if (x === "" || y === "") return (x === "") - (y === "");
      const by = numeric ? x - y : collator.compare(x, y);
      return down ? -by : by;
    };
    body.append(...[...rows].sort(compare));
    heads.forEach((head, number) => {
      if (number === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    order.value = String(column);
  };
  heads.forEach((head, column) => {
    if (!head.dataset.by) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const sorted = head.getAttribute("aria-sort");
      sort(column, sorted ? sorted === "ascending" : head.dataset.first === "down");
    });
    order.add(new Option(head.textContent, String(column)));
  });
  order.addEventListener("change", () => {
    const column = Number(order.value);
    sort(column, heads[column].dataset.first === "down");
  });

  const points = [...document.querySelectorAll("[data-at]")];
  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const found = words.every((word) => row.textContent.toLowerCase().includes(word));
      const fits = state.value === "" || row.className === state.value
        || (state.value === "trouble" && row.cells[row.cells.length - 1].textContent !== "");
      row.hidden = !(found && fits);
      shown += !row.hidden;
    }
    for (const point of points) point.classList.toggle("off", rows[point.dataset.at].hidden);
    told.value = `${shown} of ${rows.length}`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  order.value = "0";
  // The browser may have kept what was typed.
  filter();

  document.querySelector(".map svg").addEventListener("click", (event) => {
    const row = rows[event.target.dataset.at];
    if (row) location.assign(row.querySelector("a").href);
  });
  for (const point of points) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    const cells = rows[point.dataset.at].cells;
    title.textContent = `${cells[1].textContent}: ${cells[2].textContent}`;
    point.append(title);
  }
})();
