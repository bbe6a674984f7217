// Suggestions below a free field (a product's name): the answer may fill the neighbours too.
// <input data-suggest="/products/suggest"> expects [{value, label, hint, end, mark, fill: {cost: "12.5"}}];
// `mark` is the class of a spot before the label.
// With `data-suggest-now` it suggests as soon as it is entered, Enter takes the first, and what is picked is
// sent with its form.

import { after } from "./page.js";

let list;
let current;
let shown; // what was typed when the list was made
let waiting; // the field whose Enter came before its list

function box() {
  if (list?.isConnected) return list;
  list = document.createElement("div");
  list.className = "menu suggestions from-start";
  list.id = "suggestions";
  list.popover = "manual";
  list.role = "listbox";
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field stays entered
  // Not before the finger is lifted: its click would go to what lies below the list.
  list.addEventListener("click", (event) => pick(event.target.closest('[role="option"]')));
  document.body.append(list);
  return list;
}

const options = () => [...box().children];
const active = () => options().find((option) => option.getAttribute("aria-selected") === "true");

function row(found, index) {
  const made = document.createElement("div");
  made.className = "menu-item";
  made.id = `suggestion-${index}`;
  made.role = "option";
  made.found = found;
  if (found.mark) made.append(Object.assign(document.createElement("span"), { className: found.mark }));
  const label = document.createElement("span");
  label.textContent = found.label;
  made.append(label);
  for (const [text, css] of [[found.hint, "text-xs text-muted truncate"], [found.end, "end num"]]) {
    if (!text) continue;
    const part = document.createElement("span");
    part.className = css;
    part.textContent = text;
    made.append(part);
  }
  return made;
}

const isEager = (input) => "suggestNow" in input.dataset;

// What is typed, and what other boxes of the form say (`data-suggest-with`).
function asked(input) {
  const query = new URLSearchParams({ q: input.value });
  for (const name of (input.dataset.suggestWith ?? "").split(" ")) {
    const value = name && new FormData(input.form).get(name);
    if (value) query.set(name, value);
  }
  return query;
}

/** Whether the list that is seen, if any, is for less than what is typed by now. */
const isHasty = (input) =>
  input.matches?.("[data-suggest-now]") && input.value.trim() !== "" && (current !== input || shown !== input.value);

const ask = after(150, async (input) => {
  const typed = input.value;
  const answer = await fetch(`${input.dataset.suggest}?${asked(input)}`);
  const found = answer.ok ? await answer.json() : [];
  if (input.value !== typed) return undefined; // its own list is on its way
  current = input;
  shown = typed;
  if (document.activeElement !== input || !found.length) {
    if (waiting === input) input.form.requestSubmit();
    return close();
  }
  box().replaceChildren(...found.map(row));
  if (isEager(input) && typed.trim()) choose(options()[0]);
  if (waiting === input) return pick(active());
  const at = input.getBoundingClientRect();
  Object.assign(box().style, { left: `${at.left}px`, top: `${at.bottom}px`, minWidth: `${at.width}px` });
  box().showPopover();
  input.setAttribute("aria-expanded", "true");
  return undefined;
});

function close() {
  waiting = undefined;
  if (list?.matches(":popover-open")) list.hidePopover();
  current?.setAttribute("aria-expanded", "false");
  current?.removeAttribute("aria-activedescendant");
}

function pick(option) {
  if (!option) return;
  const { value, label, fill } = option.found;
  const input = current;
  input.value = value ?? label;
  for (const [key, text] of Object.entries(fill ?? {})) {
    const cell = input.closest("tr, [data-row]")?.querySelector(`[data-key="${key}"]`);
    if (cell) cell.value = text;
  }
  close();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  ask.cancel();
  if (isEager(input)) input.form.requestSubmit();
}

function choose(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  option.scrollIntoView({ block: "nearest" });
  current.setAttribute("aria-activedescendant", option.id);
}

function move(step) {
  const all = options();
  choose(all.at((all.indexOf(active()) + step + all.length + (active() || step > 0 ? 0 : 1)) % all.length));
}

document.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.matches?.("[data-suggest]")) ask(event.target);
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-suggest-now]")) ask(event.target);
});
document.addEventListener("focusout", close);
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Enter" && isHasty(event.target)) {
      waiting = event.target;
      event.preventDefault();
      return;
    }
    if (!list?.matches(":popover-open") || event.target !== current) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active()) pick(active());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
