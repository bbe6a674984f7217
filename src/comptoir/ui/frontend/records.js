// A list's table: one click opens, two edit; Enter opens, E edits, X ticks; arrows walk; boxes feed the bulk bar.

import { openBeside } from "./menus.js";

const DOUBLE = 220; // milliseconds that a click waits for a second one, where a row can be edited

export const records = () => ({
  waiting: 0,
  init() {
    this.$root.addEventListener("click", (event) => this.click(event));
    this.$root.addEventListener("dblclick", (event) => this.doubleClick(event));
    this.$root.addEventListener("keydown", (event) => this.key(event));
    this.$root.addEventListener("change", (event) => this.tick(event));
    this.$root.addEventListener("htmx:afterSwap", () => this.count());
    this.count();
  },
  row(event) {
    const own = event.target.closest("a, button, input, label, select, .menu");
    return own ? null : event.target.closest("tr[data-url]");
  },
  click(event) {
    const kebab = event.target.closest("[data-row-menu]");
    if (kebab) return this.menu(event, kebab);
    if (event.target.closest("[data-clear]")) return this.clear();
    const row = this.row(event);
    if (!row || String(getSelection())) return undefined;
    if (event.ctrlKey || event.metaKey) return window.open(row.dataset.url, "_blank", "noopener");
    clearTimeout(this.waiting);
    const open = () => location.assign(row.dataset.url);
    if (row.dataset.edit) this.waiting = setTimeout(open, DOUBLE);
    else open();
    return undefined;
  },
  doubleClick(event) {
    const row = this.row(event);
    if (!row?.dataset.edit) return;
    clearTimeout(this.waiting);
    location.assign(row.dataset.edit);
  },
  key(event) {
    const row = event.target.closest("tr[data-url]");
    if (!row || event.target.closest("input:not([type=checkbox]), .menu") || event.ctrlKey || event.metaKey) return;
    if (event.key.toLowerCase() === "e" && row.dataset.edit) location.assign(row.dataset.edit);
    else if (event.key.toLowerCase() === "x") row.querySelector(".checkbox")?.click();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walk(event, row);
    else return;
    event.stopPropagation();
  },
  walk(event, row) {
    event.preventDefault();
    const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    next?.querySelector("a[data-open]")?.focus();
  },
  boxes() {
    return [...this.$root.querySelectorAll('tbody input[name="ids"]')];
  },
  tick(event) {
    if (event.target.matches("[data-all]")) for (const box of this.boxes()) box.checked = event.target.checked;
    if (event.target.matches("[data-all], [name=ids]")) this.count();
  },
  clear() {
    for (const box of this.boxes()) box.checked = false;
    this.count();
  },
  /** Show the bar with what every ticked row allows. */
  count() {
    const all = this.boxes();
    const ticked = all.filter((box) => box.checked);
    const head = this.$root.querySelector("[data-all]");
    if (head) {
      head.checked = ticked.length > 0 && ticked.length === all.length;
      head.indeterminate = ticked.length > 0 && ticked.length < all.length;
    }
    const bar = this.$root.querySelector(".bulk-bar");
    if (!bar) return;
    bar.classList.toggle("open", ticked.length > 0);
    bar.querySelector("[data-count]").textContent = ticked.length;
    for (const button of bar.querySelectorAll("[data-action]")) {
      button.hidden = !ticked.every((box) => allows(box.closest("tr"), button.dataset.action));
    }
  },
  /** One menu serves all rows: its entries take the row's id, and those it does not allow are hidden. */
  menu(event, kebab) {
    const menu = document.getElementById(this.$root.dataset.menu);
    const row = kebab.closest("tr");
    if (!menu) return;
    event.preventDefault();
    for (const entry of menu.querySelectorAll("[data-pattern]")) {
      const url = entry.dataset.pattern.replace("{id}", row.dataset.id);
      for (const name of ["href", "formaction", "hx-get", "hx-delete"]) {
        if (entry.hasAttribute(name)) entry.setAttribute(name, url);
      }
      entry.hidden = !allows(row, entry.dataset.action);
    }
    window.htmx?.process(menu);
    openBeside(menu, kebab);
  },
});

const allows = (row, action) => !action || (row.dataset.can ?? "").split(" ").includes(action);
