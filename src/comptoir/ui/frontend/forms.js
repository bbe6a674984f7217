// Forms: nothing typed is lost in silence, drafts save themselves, a phone shows one section at a time.

import { after, send, word } from "./page.js";
import { toast } from "./toasts.js";

const fields = (form) => new URLSearchParams(new FormData(form)).toString();

/** `x-data="guard"` on a form: asks before leaving with changes. */
export const guard = () => ({
  warn: null,
  init() {
    const form = this.$root;
    // Components that fill themselves in (pickers) have done so after a moment.
    setTimeout(() => { form.saved ??= fields(form); }, 400);
    this.warn = (event) => {
      if (form.saved !== undefined && !form.sending && fields(form) !== form.saved) event.preventDefault();
    };
    form.addEventListener("submit", () => { form.sending = true; });
    window.addEventListener("beforeunload", this.warn);
    window.addEventListener("pageshow", () => { form.sending = false; });
  },
  destroy() {
    window.removeEventListener("beforeunload", this.warn);
  },
});

/** `x-data="autosave" data-url="…"` inside a form: posts it when typing rests, and says so here. */
export const autosave = () => ({
  form: null,
  flying: null,
  soon: null,
  onInput: null,
  init() {
    this.form = this.$root.closest("form");
    this.soon = after(1500, () => {
      this.flying = this.save().finally(() => { this.flying = null; });
    });
    this.onInput = () => {
      this.say(""); // what stood here was about the version before
      this.soon();
    };
    this.form.addEventListener("input", this.onInput);
    this.form.addEventListener("submit", (event) => {
      this.soon.cancel();
      if (!this.flying) return;
      event.preventDefault(); // what is on its way has the older version
      this.flying.then(() => this.form.requestSubmit(event.submitter));
    });
  },
  destroy() {
    this.soon.cancel();
    this.form.removeEventListener("input", this.onInput);
  },
  say(state) {
    this.$root.textContent = state && word(state);
    this.$root.classList.toggle("text-error-ink", state === "unsaved");
  },
  async save() {
    const sent = fields(this.form);
    this.say("saving");
    try {
      const answer = await send(this.$root.dataset.url, this.form);
      if (answer.status === 409) toast({ text: (await answer.text()) || word("unsaved"), tone: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = answer.headers.get("X-Version");
      const same = fields(this.form) === sent;
      if (fresh) this.form.elements.version.value = fresh;
      this.form.saved = fresh ? sent.replace(/(^|&)version=[^&]*/, `$1version=${fresh}`) : sent;
      if (same) this.say("saved");
    } catch {
      this.say("unsaved");
    }
  },
});

/** `x-data="sections"` around `{% section %}`s: tabs on a phone; a fault opens its tab. */
export const sections = () => ({
  all: [],
  bar: null,
  init() {
    this.all = [...this.$root.querySelectorAll("[data-section]")];
    this.bar = document.createElement("div");
    this.bar.className = "section-tabs";
    this.bar.setAttribute("role", "tablist");
    this.bar.append(...this.all.map((section) => this.tab(section)));
    this.$root.prepend(this.bar);
    this.$root.addEventListener("invalid", (event) => this.show(event.target.closest("[data-section]")), true);
    this.$root.addEventListener("htmx:afterSwap", () => this.start());
    this.start();
  },
  tab(section) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.className = "tab";
    tab.role = "tab";
    tab.textContent = section.dataset.section;
    tab.setAttribute("aria-controls", section.id);
    tab.addEventListener("click", () => this.show(section));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) this.bar.children[(this.all.indexOf(section) + step + this.all.length) % this.all.length].focus();
    });
    return tab;
  },
  start() {
    const faulty = this.all.filter((section) => section.querySelector("[aria-invalid=true], .fault"));
    this.all.forEach((section, i) => this.bar.children[i].classList.toggle("faulty", faulty.includes(section)));
    const named = this.all.find((section) => `#${section.id}` === location.hash);
    this.show(faulty[0] ?? named ?? this.all[0]);
    faulty[0]?.querySelector("[aria-invalid=true]")?.focus();
  },
  show(section) {
    if (!section) return;
    this.all.forEach((each, i) => {
      each.classList.toggle("away", each !== section);
      this.bar.children[i].setAttribute("aria-selected", String(each === section));
    });
    this.bar.children[this.all.indexOf(section)].scrollIntoView({ block: "nearest", inline: "center" });
  },
});
