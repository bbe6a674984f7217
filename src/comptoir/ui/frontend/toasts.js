// Toasts: those the server wrote into the page, and those that come with an answer (HX-Trigger: toast).

import { word } from "./page.js";

const SECONDS = 6;

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Show a sentence; `undo` is a URL that takes a POST. */
export function toast({ text, tone = "success", undo = "" }) {
  const shown = element("div", `toast ${tone}`);
  shown.append(element("span", "dot"), element("span", "", text));
  if (undo) {
    const button = element("button", "", word("undo"));
    button.setAttribute("form", "post");
    button.setAttribute("formaction", undo);
    shown.append(button);
  }
  const close = element("button", "", "×");
  close.type = "button";
  close.dataset.close = "";
  close.setAttribute("aria-label", document.getElementById("toasts").dataset.close);
  shown.append(close);
  document.getElementById("toasts").append(shown);
  leave(shown);
}

function leave(shown) {
  // Something that can be undone, or went wrong, waits longer; a pointer or the focus on it stops the clock.
  const wait = (shown.querySelector("[formaction]") || shown.matches(".error") ? 2 : 1) * SECONDS * 1000;
  let timer = setTimeout(() => shown.remove(), wait);
  const hold = () => clearTimeout(timer);
  const go = () => {
    hold();
    timer = setTimeout(() => shown.remove(), wait / 2);
  };
  shown.addEventListener("pointerenter", hold);
  shown.addEventListener("focusin", hold);
  shown.addEventListener("pointerleave", go);
  shown.addEventListener("focusout", go);
}

document.addEventListener("toast", (event) => toast(event.detail));
document.addEventListener("click", (event) => event.target.closest(".toast [data-close]")?.closest(".toast").remove());
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, () => toast({ text: word("failed"), tone: "error" }));
}
for (const shown of document.querySelectorAll(".toast")) leave(shown);
