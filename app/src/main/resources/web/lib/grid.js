// A table of any length: only the rows in sight are in the document. All rows are of one height, which CSS gives.

import { eachFrame, h, replace } from "./dom.js";

const SPARE_ROWS = 6;
let grids = 0;

/**
 * Options: label; columns [{name, label}]; key(item); cells(item) gives a node for each column; onOpen(item); onSelect(count);
 * onNearEnd(), called when the last rows come into sight; rowClass(item); isSelectable.
 */
export class Grid {
  constructor(options) {
    this.options = options;
    this.id = `grid${(grids += 1)}`;
    this.items = [];
    this.selected = new Set();
    this.active = -1;
    this.rows = new Map();
    this.draw = eachFrame(() => this.drawNow());
    this.body = h("div", { class: "grid-body", role: "rowgroup" });
    const head = h("div", { class: "grid-row grid-head", role: "row", "aria-rowindex": 1 }, this.headCells());
    this.element = h(
      "div",
      {
        class: `grid ${options.class ?? ""}`, role: "grid", tabindex: 0, "aria-label": options.label, "aria-multiselectable": options.isSelectable ? "true" : null,
        onscroll: this.draw, onclick: (event) => this.onClick(event), onfocus: () => this.active < 0 && this.items.length && this.moveTo(0),
      },
      h("div", { class: "grid-head-group", role: "rowgroup" }, head),
      this.body,
    );
    this.observer = new ResizeObserver(this.draw);
    this.observer.observe(this.element);
  }

  headCells() {
    const names = this.options.columns.map((column) => h("span", { role: "columnheader", class: `cell-${column.name}` }, column.label));
    if (this.options.isSelectable) names.unshift(h("span", { role: "columnheader", class: "cell-pick" }, h("span", { class: "sr" }, "Selected")));
    return names;
  }

  /** Shows these; the active row and the selection stay with their items. */
  setItems(items) {
    const key = this.activeItem() && this.options.key(this.activeItem());
    this.items = items;
    this.active = key === null || key === undefined ? -1 : items.findIndex((item) => this.options.key(item) === key);
    const known = new Set(items.map(this.options.key));
    const before = this.selected.size;
    for (const id of this.selected) if (!known.has(id)) this.selected.delete(id);
    if (before !== this.selected.size) this.options.onSelect?.(this.selected.size);
    this.element.setAttribute("aria-rowcount", items.length + 1);
    this.draw();
  }

  rowHeight() {
    return parseFloat(getComputedStyle(this.element).getPropertyValue("--row-height")) || 48;
  }

  drawNow() {
    const height = this.rowHeight();
    this.body.style.height = `${height * this.items.length}px`;
    const first = Math.max(0, Math.floor(this.element.scrollTop / height) - SPARE_ROWS);
    const last = Math.min(this.items.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / height) + SPARE_ROWS);
    const shown = new Set();
    for (let index = first; index < last; index += 1) shown.add(this.place(index, height));
    for (const [key, row] of this.rows) {
      if (shown.has(key)) continue;
      row.node.remove();
      this.rows.delete(key);
    }
    if (last >= this.items.length - SPARE_ROWS) this.options.onNearEnd?.();
    this.pointAtActive();
  }

  place(index, height) {
    const item = this.items[index];
    const key = this.options.key(item);
    let row = this.rows.get(key);
    if (!row || row.item !== item) {
      const node = this.makeRow(item, key);
      if (row) row.node.replaceWith(node);
      else this.body.append(node);
      row = { item, node };
      this.rows.set(key, row);
    }
    const { node } = row;
    node.style.transform = `translateY(${index * height}px)`;
    node.setAttribute("aria-rowindex", index + 2);
    node.id = `${this.id}-${index}`;
    node.dataset.index = index;
    node.classList.toggle("active", index === this.active);
    const isSelected = this.selected.has(key);
    if (this.options.isSelectable) {
      node.setAttribute("aria-selected", isSelected);
      node.querySelector("input").checked = isSelected;
    }
    return key;
  }

  makeRow(item) {
    const cells = this.options.cells(item).map((content, column) => h("span", { role: "gridcell", class: `cell-${this.options.columns[column].name}` }, content));
    if (this.options.isSelectable) {
      const pick = h("input", { type: "checkbox", tabindex: -1, "aria-label": `Select ${this.options.name(item)}` });
      cells.unshift(h("span", { role: "gridcell", class: "cell-pick" }, pick));
    }
    return h("div", { class: `grid-row ${this.options.rowClass?.(item) ?? ""}`, role: "row" }, cells);
  }

  pointAtActive() {
    const node = this.element.querySelector(".grid-row.active");
    if (node) this.element.setAttribute("aria-activedescendant", node.id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  onClick(event) {
    const row = event.target.closest(".grid-body .grid-row");
    if (!row) return;
    const index = Number(row.dataset.index);
    if (event.target.matches("input[type=checkbox]")) {
      if (event.shiftKey && this.active >= 0) this.selectRange(this.active, index, event.target.checked);
      else this.select(index, event.target.checked);
      this.moveTo(index);
    } else if (!event.target.closest("a, button")) {
      this.moveTo(index);
      this.options.onOpen?.(this.items[index]);
    }
  }

  activeItem() {
    return this.items[this.active] ?? null;
  }

  openActive() {
    if (this.activeItem()) this.options.onOpen?.(this.activeItem());
  }

  move(step) {
    if (this.items.length) this.moveTo(Math.min(this.items.length - 1, Math.max(0, this.active + step)));
  }

  moveTo(index) {
    this.active = index;
    const height = this.rowHeight();
    const head = this.element.firstElementChild.offsetHeight;
    const top = index * height;
    const room = this.element.clientHeight - head;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (top + height > this.element.scrollTop + room) this.element.scrollTop = top + height - room;
    this.draw();
  }

  select(index, isSelected) {
    const key = this.options.key(this.items[index]);
    if (isSelected) this.selected.add(key);
    else this.selected.delete(key);
    this.options.onSelect?.(this.selected.size);
    this.draw();
  }

  selectRange(from, to, isSelected) {
    for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) this.select(index, isSelected);
  }

  toggleActive() {
    if (this.activeItem()) this.select(this.active, !this.selected.has(this.options.key(this.activeItem())));
  }

  selectAll(isSelected) {
    this.selected = new Set(isSelected ? this.items.map(this.options.key) : []);
    this.options.onSelect?.(this.selected.size);
    this.draw();
  }

  selectedItems() {
    return this.items.filter((item) => this.selected.has(this.options.key(item)));
  }

  close() {
    this.observer.disconnect();
    replace(this.body);
  }
}

/** The keys of a grid: moving, opening, selecting. */
export function gridKeys(grid) {
  const page = () => Math.max(1, Math.floor(grid.element.clientHeight / grid.rowHeight()) - 2);
  return [
    { keys: "j|ArrowDown", label: "Next row", run: () => grid.move(1) },
    { keys: "k|ArrowUp", label: "Row before", run: () => grid.move(-1) },
    { keys: "PageDown", run: () => grid.move(page()) },
    { keys: "PageUp", run: () => grid.move(-page()) },
    { keys: "Home", label: "First row", run: () => grid.move(-Infinity) },
    { keys: "End", label: "Last row", run: () => grid.move(Infinity) },
    { keys: "Enter", label: "Open", run: () => grid.openActive() },
    ...(grid.options.isSelectable
      ? [
          { keys: "x| ", label: "Select or not", run: () => grid.toggleActive() },
          { keys: "*", label: "Select all that are shown", run: () => grid.selectAll(true) },
          { keys: "Escape", label: "Select none", run: () => grid.selectAll(false) },
        ]
      : []),
  ];
}
