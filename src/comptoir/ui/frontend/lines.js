// The lines of a document: Enter adds one, a handle drags, the server adds up.

import { after, load } from "./page.js";

export const lines = () => ({
  body: null,
  blank: null,
  soon: null,
  sortable: null,
  async init() {
    this.body = this.$root.querySelector("tbody");
    this.blank = this.$root.querySelector("template");
    this.soon = after(250, () => this.$root.dispatchEvent(new CustomEvent("totals", { bubbles: true })));
    this.$root.addEventListener("click", (event) => this.click(event));
    this.$root.addEventListener("keydown", (event) => this.key(event));
    this.$root.closest("form").addEventListener("input", () => this.soon());
    this.$root.closest("form").addEventListener("htmx:afterSwap", (event) => this.total(event.target));
    const { Sortable } = await load("sortable");
    this.sortable = Sortable.create(this.body, {
      handle: ".grip",
      animation: 120,
      ghostClass: "ghosted",
      onEnd: () => this.renumber(),
    });
  },
  destroy() {
    this.soon.cancel();
    this.sortable?.destroy();
  },
  click(event) {
    if (event.target.closest("[data-add-line]")) this.add();
    const remove = event.target.closest("[data-remove-line]");
    if (remove) this.remove(remove.closest("tr"));
  },
  key(event) {
    const row = event.target.closest("tbody tr");
    if (!row) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.matches("input")) {
      event.preventDefault();
      this.add(row);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.move(row, event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling, event);
    } else if (event.key === "Backspace" && (event.ctrlKey || event.metaKey) && !event.target.value) {
      this.remove(row);
    }
  },
  add(row = this.body.lastElementChild) {
    const next = row?.nextElementSibling;
    if (next && empty(next)) return first(next).focus();
    const made = this.blank.content.firstElementChild.cloneNode(true);
    if (row) row.after(made);
    else this.body.append(made);
    this.renumber();
    return first(made).focus();
  },
  remove(row) {
    const beside = row.previousElementSibling ?? row.nextElementSibling;
    row.remove();
    if (beside) first(beside).focus();
    else this.add();
    this.renumber();
  },
  move(row, other, event) {
    if (!other) return;
    if (event.key === "ArrowUp") other.before(row);
    else other.after(row);
    event.target.focus();
    this.renumber();
  },
  /** The server counts the lines that somebody wrote in, in order. */
  total(part) {
    const counted = part.querySelector("[data-line-totals]")?.dataset.lineTotals.split("|");
    if (!counted) return;
    for (const row of this.body.children) {
      row.querySelector("[data-total]").textContent = filled(row) ? (counted.shift() ?? "") : "";
    }
  },
  /** Names carry the place of the line: line_items.0.cost. */
  renumber() {
    const prefix = this.$root.dataset.prefix;
    [...this.body.children].forEach((row, index) => {
      for (const cell of row.querySelectorAll("[data-key]")) {
        cell.name = `${prefix}.${index}.${cell.dataset.key}`;
        cell.id = `id-${prefix}-${index}-${cell.dataset.key}`;
      }
    });
    this.soon();
  },
});

const first = (row) => row.querySelector("input:not([type=hidden]), textarea");
const empty = (row) => [...row.querySelectorAll("[data-key]")].every((cell) => !cell.value || cell.dataset.blank === cell.value);
const filled = (row) =>
  ["product_key", "notes", "cost"].some((key) => row.querySelector(`[data-key="${key}"]`)?.value.trim());
