// Menus are popovers: the browser opens, closes and stacks them. Here: where they stand, and the arrows.

const anchored = CSS.supports("position-area", "block-end");
const items = (menu) => [...menu.querySelectorAll('[role^="menuitem"]:not([disabled])')].filter((item) => item.offsetParent);

function place(menu, opener) {
  const box = opener.getBoundingClientRect();
  const fits = box.bottom + menu.offsetHeight < innerHeight || box.top < menu.offsetHeight;
  const rtl = getComputedStyle(opener).direction === "rtl";
  const start = menu.classList.contains("from-start") !== rtl ? box.left : box.right - menu.offsetWidth;
  menu.style.position = "fixed";
  menu.style.positionArea = "none";
  menu.style.top = `${fits ? box.bottom : box.top - menu.offsetHeight - 8}px`;
  menu.style.left = `${Math.max(8, Math.min(start, innerWidth - menu.offsetWidth - 8))}px`;
}

/** Open a menu that has no button of its own (a row's) beside an element. */
export function openBeside(menu, opener) {
  menu.opener = opener;
  menu.showPopover();
  place(menu, opener);
}

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLElement) || !menu.matches(".menu")) return;
    const opener = menu.opener ?? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
    opener?.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState !== "open") return;
    if (!anchored && opener) place(menu, opener);
    if (menu.role === "menu") items(menu)[0]?.focus({ focusVisible: opener?.matches(":focus-visible") });
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.('.menu[role="menu"]');
  if (!menu) return;
  const all = items(menu);
  const here = all.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all.at(to % all.length)?.focus();
  } else if (event.key.length === 1 && /\p{L}/u.test(event.key) && !event.ctrlKey && !event.metaKey) {
    const ahead = [...all.slice(here + 1), ...all];
    ahead.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  } else if (event.key === "Tab") {
    menu.hidePopover();
  }
});

document.addEventListener("click", (event) => {
  const item = event.target.closest('[role^="menuitem"]');
  if (item && !item.matches('[role="menuitemcheckbox"]')) item.closest("[popover]")?.hidePopover();
});
