// Native dialogs. Buttons open them by `commandfor`; a fragment loaded into #dialog opens by itself.

if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (button?.getAttribute("command") === "show-modal") dialog?.showModal();
    if (button?.getAttribute("command") === "close") dialog?.close();
  });
}

const holder = () => document.getElementById("dialog");

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target !== holder()) return;
  const dialog = holder().querySelector("dialog");
  if (dialog && !dialog.open) dialog.showModal();
  dialog?.addEventListener("close", () => dialog.remove(), { once: true });
});

// The server says it is done: HX-Trigger: closeDialog
document.addEventListener("closeDialog", () => holder()?.querySelector("dialog")?.close());

// A shortcut that a page gives to one of its buttons or links: data-shortcut="mod+s"
document.addEventListener("keydown", (event) => {
  const mod = event.ctrlKey || event.metaKey;
  const key = `${mod ? "mod+" : ""}${event.key.toLowerCase()}`;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (!mod && (typing || event.altKey || document.querySelector("dialog[open], [popover].menu:popover-open"))) return;
  const target = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
});
