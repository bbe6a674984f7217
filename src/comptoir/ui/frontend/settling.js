// Money over several invoices: the whole balance of a row is one click away.

export const settling = () => ({
  init() {
    this.$root.addEventListener("click", (event) => {
      const all = event.target.closest("[data-all-of]");
      if (!all) return;
      const input = all.closest("tr").querySelector("input");
      input.value = all.dataset.allOf;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  },
});
