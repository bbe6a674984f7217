// Runs before the first paint: the chosen theme, and the mark that scripts run. Nothing chosen: the system's.
(function () {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // Storage may be refused; the system's theme holds.
  }
})();
