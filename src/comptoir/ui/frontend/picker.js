// A searched select, over tom-select: remote results, a second line, and “New …”.

import { load, word } from "./page.js";

const line = (option, escape) =>
  `<div>${escape(option.label)}${option.hint ? `<small>${escape(option.hint)}</small>` : ""}</div>`;

export const picker = () => ({
  async init() {
    const select = this.$root;
    const { url, newUrl, newLabel } = select.dataset;
    const { TomSelect } = await load("picker");
    const label = select.labels?.[0]?.textContent ?? select.getAttribute("aria-label") ?? "";
    this.box = new TomSelect(select, {
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
    this.box.control_input.setAttribute("aria-label", label.replace("*", "").trim());
    this.picked = (event) => this.take(event.detail);
    document.addEventListener("picked", this.picked);
  },
  destroy() {
    document.removeEventListener("picked", this.picked);
    this.box?.destroy();
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

async function search(url, query) {
  const answer = await fetch(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`, {
    headers: { Accept: "application/json" },
  });
  return answer.ok ? answer.json() : [];
}
