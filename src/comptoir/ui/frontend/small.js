// Small things without state: copying, showing a password, the long press on a tile, files dropped.

import { word } from "./page.js";
import { toast } from "./toasts.js";

const PRESS = 500; // milliseconds

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1500);
  toast({ text: word("copied") });
});

export const secret = () => ({
  toggle() {
    const input = this.$root.querySelector("input");
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    this.$el.closest("button").setAttribute("aria-pressed", String(shown));
  },
});

/** A long press on a touch screen creates; a mouse has the plus. */
export const tile = () => ({
  init() {
    const add = this.$root.querySelector(".tile-add");
    let timer;
    let pressed = false;
    const stop = () => {
      clearTimeout(timer);
      this.$root.classList.remove("pressed");
    };
    this.$root.addEventListener("pointerdown", (event) => {
      pressed = false;
      if (event.pointerType !== "touch" || !add) return;
      timer = setTimeout(() => {
        pressed = true;
        this.$root.classList.add("pressed");
        navigator.vibrate?.(15);
        add.click();
      }, PRESS);
    });
    for (const end of ["pointerup", "pointercancel", "pointermove"]) {
      this.$root.addEventListener(end, (event) => {
        if (end !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 3) stop();
      });
    }
    this.$root.addEventListener("contextmenu", (event) => pressed && event.preventDefault());
    this.$root.addEventListener(
      "click",
      (event) => {
        if (pressed && !event.target.closest(".tile-add")) event.preventDefault();
      },
      true,
    );
  },
});

export const drop = () => ({
  init() {
    const input = this.$root.querySelector('input[type="file"]');
    const names = this.$root.querySelector("[data-names]");
    for (const kind of ["dragenter", "dragover"]) input.addEventListener(kind, () => this.$root.classList.add("over"));
    for (const kind of ["dragleave", "drop"]) input.addEventListener(kind, () => this.$root.classList.remove("over"));
    input.addEventListener("change", () => {
      names.textContent = [...input.files].map((file) => file.name).join(", ");
    });
    this.$root.closest("form")?.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      input.files = event.clipboardData.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  },
});
