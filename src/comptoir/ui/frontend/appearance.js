// Light, dark, or as the system is.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function choose(theme) {
  if (theme) {
    root.dataset.theme = theme;
    localStorage.setItem("theme", theme);
  } else {
    delete root.dataset.theme;
    localStorage.removeItem("theme");
  }
  show();
}

function show() {
  const chosen = root.dataset.theme ?? "";
  for (const button of document.querySelectorAll("[data-theme-set]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeSet === chosen));
  }
}

document.addEventListener("click", (event) => {
  const set = event.target.closest("[data-theme-set]");
  if (set) choose(set.dataset.themeSet);
  if (event.target.closest("[data-theme-toggle]")) {
    const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    choose(now === "dark" ? "light" : "dark");
  }
});
document.addEventListener("DOMContentLoaded", show);
show();
