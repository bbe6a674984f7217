// A live preview beside its form: posted when typing rests, shown from memory (blob:).

import { after, send } from "./page.js";

export const preview = () => ({
  form: null,
  soon: null,
  onInput: null,
  wide: null,
  asked: null,
  shown: "",
  init() {
    this.form = document.getElementById(this.$root.dataset.form);
    this.soon = after(700, () => this.draw());
    this.onInput = () => this.soon();
    this.wide = matchMedia("(width >= 80rem)");
    this.form.addEventListener("input", this.onInput);
    this.form.addEventListener("totals", this.onInput);
    for (const box of this.outside()) box.addEventListener("input", this.onInput);
    this.soon();
  },
  destroy() {
    this.soon.cancel();
    this.form.removeEventListener("input", this.onInput);
    for (const box of this.outside()) box.removeEventListener("input", this.onInput);
    URL.revokeObjectURL(this.shown);
  },
  // boxes of the form that stand elsewhere: what they say is posted, but no event of theirs reaches the form
  outside() {
    return [...this.form.elements].filter((box) => !this.form.contains(box));
  },
  async draw() {
    if (!this.wide.matches && !this.$root.closest("[data-always]")) return;
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await send(this.$root.dataset.url, this.form, { signal: this.asked.signal });
      if (!answer.ok) return;
      const old = this.shown;
      this.shown = URL.createObjectURL(await answer.blob());
      this.$root.querySelector("img").src = this.shown;
      if (old) URL.revokeObjectURL(old);
    } catch (failure) {
      if (failure.name !== "AbortError") throw failure;
    }
  },
});
