// A textarea of HTML becomes a code editor; without scripts it stays a textarea. The names that it offers
// stand as JSON in `data-names` of the element around all editors of a page.

import { load } from "./page.js";

const views = new WeakMap();

export const code = () => ({
  async init() {
    const area = this.$root.querySelector("textarea");
    const names = JSON.parse(this.$root.closest("[data-names]")?.dataset.names ?? "[]");
    const { editor } = await load("code");
    views.set(this.$root, editor(area, names));
  },
  destroy() {
    views.get(this.$root)?.destroy();
  },
});
