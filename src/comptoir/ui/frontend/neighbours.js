// From a record to the one before and after it, in the list that it was opened from (kept for this tab).

const KEY = "neighbours";

/** Whenever a list is left for one of its records, remember the records it showed, in its order. */
document.addEventListener("click", remember, true);
document.addEventListener("keydown", (event) => event.key === "Enter" && remember(event), true);

function remember(event) {
  const list = event.target.closest?.('[x-data="records"]');
  if (!list) return;
  const urls = [...list.querySelectorAll("tr[data-url]")].map((row) => row.dataset.url);
  sessionStorage.setItem(KEY, JSON.stringify({ list: location.pathname + location.search, urls }));
}

const place = document.querySelector("[data-neighbours]");
const kept = place && JSON.parse(sessionStorage.getItem(KEY) ?? "null");
if (kept) {
  const here = kept.urls.findIndex((url) => location.pathname === url || location.pathname.startsWith(`${url}/`));
  link("[data-previous]", kept.urls[here - 1]);
  link("[data-next]", here < 0 ? undefined : kept.urls[here + 1]);
  place.hidden = here < 0 || kept.urls.length < 2;
  const back = document.querySelector(".crumbs a");
  if (here >= 0 && back && kept.list.split("?")[0] === back.getAttribute("href")) back.href = kept.list;
}

function link(selector, url) {
  const anchor = place.querySelector(selector);
  if (url) anchor.href = url;
  else anchor.setAttribute("aria-disabled", "true");
}
