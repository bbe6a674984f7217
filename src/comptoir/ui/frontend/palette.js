// The command palette: Ctrl/⌘ K, the server's results, arrows and Enter.

export const palette = () => ({
  input: null,
  list: null,
  opened: null,
  hotkey: null,
  init() {
    this.input = this.$root.querySelector("input");
    this.list = this.$root.querySelector('[role="listbox"]');
    this.$root.addEventListener("keydown", (event) => this.key(event));
    this.$root.addEventListener("submit", (event) => this.submit(event));
    this.list.addEventListener("htmx:afterSwap", () => this.select(0));
    this.list.addEventListener("pointermove", (event) => this.point(event));
    this.opened = new MutationObserver(() => this.$root.open && this.open());
    this.opened.observe(this.$root, { attributes: true, attributeFilter: ["open"] });
    this.hotkey = (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (this.$root.open) this.$root.close();
      else this.$root.showModal();
    };
    document.addEventListener("keydown", this.hotkey);
  },
  destroy() {
    document.removeEventListener("keydown", this.hotkey);
    this.opened.disconnect();
  },
  open() {
    this.input.select();
    this.input.dispatchEvent(new Event("palette"));
  },
  options() {
    return [...this.list.querySelectorAll('[role="option"]')];
  },
  select(index) {
    const all = this.options();
    const chosen = all.at(index % (all.length || 1));
    for (const option of all) option.setAttribute("aria-selected", String(option === chosen));
    if (chosen?.id) this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen?.scrollIntoView({ block: "nearest" });
  },
  point(event) {
    const index = this.options().indexOf(event.target.closest('[role="option"]'));
    if (index >= 0) this.select(index);
  },
  key(event) {
    const here = this.options().findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.select(here + step);
  },
  submit(event) {
    const chosen = this.list.querySelector('[aria-selected="true"]');
    if (event.target.method === "dialog" || !chosen) return;
    event.preventDefault();
    chosen.click();
  },
});
