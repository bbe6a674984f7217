// A searched select, over tom-select: remote results, a second line, and “New …”.

import { load, word } from "./page.js";

const line = (option, escape) =>
  `<div>${escape(option.label)}${option.hint ? `<small>${escape(option.hint)}</small>` : ""}</div>`;

export const picker = () => ({
  box: null,
  order: null,
  picked: null,
  async init() {
    const select = this.$root;
    const { url, newUrl, newLabel } = select.dataset;
    const { TomSelect } = await load("picker");
    const label = (select.labels[0]?.textContent ?? select.getAttribute("aria-label")).replace("*", "").trim();
    const box = new TomSelect(select, {
      valueField: "value",
      labelField: "label",
      searchField: ["label", "hint"],
      maxItems: select.multiple ? null : 1,
      allowEmptyOption: false,
      plugins: [],
      wrapperClass: "ts-wrapper input",
      controlClass: "ts-control",
      dropdownClass: "ts-dropdown",
      preload: url ? "focus" : false,
      load: url ? (query, done) => search(url, query).then(done, () => done()) : null,
      shouldLoad: () => true,
      create: newUrl ? (typed) => this.create(newUrl, typed) : false,
      createFilter: () => true,
      persist: false,
      render: {
        option: line,
        item: (option, escape) => `<div>${escape(option.label)}</div>`,
        option_create: (typed, escape) => `<div class="create">${escape(newLabel)} <b>${escape(typed.input)}</b></div>`,
        no_results: () => `<div class="no-results">${word("noResults")}</div>`,
        loading: () => null,
      },
    });
    this.box = box;
    // tom-select takes the label over for its own field; what it hides keeps the name.
    for (const named of [box.control_input, select]) named.setAttribute("aria-label", label);
    select.setAttribute("aria-hidden", "true");
    box.getAdjacent = adjacent(box, box.getAdjacent.bind(box));
    box.on("type", (typed) => box.wrapper.classList.toggle("typing", typed !== ""));
    box.on("blur", () => box.wrapper.classList.remove("typing"));
    box.on("item_add", () => box.wrapper.classList.remove("typing"));
    if ("ordered" in select.dataset) await this.arrange();
    this.picked = (event) => this.take(event.detail);
    document.addEventListener("picked", this.picked);
  },
  destroy() {
    document.removeEventListener("picked", this.picked);
    this.order?.destroy();
    this.box?.destroy();
  },
  /** What is picked is dragged into its order; by keyboard, taken out and picked again at the end. */
  async arrange() {
    const { Sortable } = await load("sortable");
    const { box } = this;
    this.order = Sortable.create(box.control, {
      draggable: ".item",
      animation: 120,
      forceFallback: true, // the control keeps the browser's own dragging to itself
      fallbackTolerance: 3,
      onEnd: () => {
        box.setValue([...box.control.querySelectorAll(".item")].map((item) => item.dataset.value));
        box.input.dispatchEvent(new Event("input", { bubbles: true }));
      },
    });
  },
  create(url, typed) {
    window.htmx.ajax("GET", `${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(typed)}`, "#dialog");
    this.box.close();
    return false;
  },
  take({ name, value, label, hint }) {
    if (name !== this.$root.name) return;
    this.box.addOption({ value, label, hint });
    this.box.addItem(value);
  },
});

/** “New …” stands last, so the arrows must reach it last. */
const adjacent = (box, own) => (option, direction, type) => {
  if (type === "item") return own(option, direction, type);
  const all = [...box.selectable()].sort((one, other) => one.matches(".create") - other.matches(".create"));
  return all[all.indexOf(option) + Math.sign(direction)] ?? null;
};

async function search(url, query) {
  const answer = await fetch(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`, {
    headers: { Accept: "application/json" },
  });
  return answer.ok ? answer.json() : [];
}
