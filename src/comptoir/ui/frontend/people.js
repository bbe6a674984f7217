// The contacts of a client: cards that are added, moved and removed, and an address that is copied.

import { load } from "./page.js";

export const people = () => ({
  list: null,
  sortable: null,
  async init() {
    this.list = this.$root.querySelector("[data-people]");
    this.$root.addEventListener("click", (event) => {
      if (event.target.closest("[data-add-person]")) this.add();
      event.target.closest("[data-remove-person]")?.closest("[data-person]").remove();
      const mover = event.target.closest("[data-move-person]");
      if (mover) this.move(mover.closest("[data-person]"), mover.dataset.movePerson);
      this.renumber();
    });
    this.renumber();
    const { Sortable } = await load("sortable");
    this.sortable = Sortable.create(this.list, {
      handle: ".grip",
      animation: 120,
      ghostClass: "ghosted",
      onEnd: () => this.renumber(),
    });
  },
  destroy() {
    this.sortable?.destroy();
  },
  add() {
    const card = this.$root.querySelector("template").content.firstElementChild.cloneNode(true);
    this.list.append(card);
    this.renumber();
    card.querySelector("input:not([type=hidden])").focus();
  },
  /** The first is the main contact. */
  move(card, way) {
    if (way === "up") card.previousElementSibling?.before(card);
    else card.nextElementSibling?.after(card);
    card.querySelector(`[data-move-person="${way}"]`).focus();
  },
  /** Names carry the place of the contact: contacts.0.email. The button says what comes next. */
  renumber() {
    [...this.list.children].forEach((card, index) => {
      for (const input of card.querySelectorAll("[name]")) {
        input.name = input.name.replace(/^contacts\.[^.]+/, `contacts.${index}`);
      }
    });
    const button = this.$root.querySelector("[data-add-person]");
    const words = button.lastChild;
    button.dataset.second ??= words.textContent;
    words.textContent = this.list.children.length === 1 ? button.dataset.second : button.dataset.more;
  },
});

const PARTS = ["address1", "address2", "city", "state", "postal_code", "country_id"];

export const copyaddress = () => ({
  /** Billing into shipping, all six parts; later edits do not follow. */
  copy() {
    const form = this.$root.closest("form");
    for (const part of PARTS) {
      const from = form.elements[part];
      const into = form.elements[`shipping_${part}`];
      if (into.tomselect) into.tomselect.setValue(from.value);
      else into.value = from.value;
      into.dispatchEvent(new Event("input", { bubbles: true }));
    }
  },
});
