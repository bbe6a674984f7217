// Two dates in one field, over air-datepicker; the words come from the browser's own calendar.

import { load, styles } from "./page.js";

const iso = (date) => (date ? `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}` : "");

function locale(language) {
  const names = (options, dates) => dates.map((date) => new Intl.DateTimeFormat(language, options).format(date));
  const days = [...Array(7).keys()].map((day) => new Date(2023, 0, 1 + day));
  const months = [...Array(12).keys()].map((month) => new Date(2023, month, 1));
  return {
    days: names({ weekday: "long" }, days),
    daysShort: names({ weekday: "short" }, days),
    daysMin: names({ weekday: "narrow" }, days),
    months: names({ month: "long" }, months),
    monthsShort: names({ month: "short" }, months),
    dateFormat: (date) => new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(date),
    firstDay: (new Intl.Locale(language).getWeekInfo?.() ?? { firstDay: 1 }).firstDay % 7,
  };
}

export const ranges = () => ({
  box: null,
  async init() {
    const [from, to] = this.$root.querySelectorAll('input[type="date"]');
    const shown = this.$root.querySelector("[data-shown]");
    const [{ AirDatepicker }] = await Promise.all([load("ranges"), styles("ranges")]);
    this.$root.classList.add("joined");
    this.box = new AirDatepicker(shown, {
      range: true,
      multipleDatesSeparator: " – ",
      locale: locale(document.documentElement.lang),
      selectedDates: [from.value, to.value].filter(Boolean).map((day) => `${day}T12:00`),
      onSelect: ({ date }) => {
        [from.value, to.value] = [iso(date[0]), iso(date[1])];
        if (date.length !== 1) to.dispatchEvent(new Event("change", { bubbles: true }));
      },
    });
  },
  destroy() {
    this.box?.destroy();
  },
});
