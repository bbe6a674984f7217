// Sums in number fields: `3*12.5` becomes 37.5 when one leaves the field or presses Enter.

const decimal = () => (new Intl.NumberFormat(document.documentElement.lang).format(1.5).includes(",") ? "," : ".");

function tokens(text) {
  const plain = text.replace(/[\s\u00a0\u202f'’]/g, "").replace(/×/g, "*").replace(/÷/g, "/").replace(/−/g, "-");
  const found = plain.match(/\d+(?:[.,]\d+)*|[.,]\d+|[-+*/()]/g) ?? [];
  return found.join("") === plain ? found : null;
}

/** The last sign of two kinds is the decimal one: 1.234,50 and 1,234.50 are the same number. */
function numeral(text) {
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last < 0) return Number(text);
  const both = text.includes(".") && text.includes(",");
  const twice = !both && text.split(text[last]).length > 2;
  const whole = (twice ? text : text.slice(0, last)).replace(/[.,]/g, "");
  return Number(twice ? whole : `${whole}.${text.slice(last + 1)}`);
}

/** The value of a sum, or null when it is none. */
export function calculate(text) {
  const list = tokens(text);
  if (!list?.length) return null;
  let at = 0;
  const factor = () => {
    const token = list[at++];
    if (token === "-") return -factor();
    if (token === "+") return factor();
    if (token === "(") {
      const inside = sum();
      return list[at++] === ")" ? inside : NaN;
    }
    return token === undefined || /[*/)]/.test(token) ? NaN : numeral(token);
  };
  const product = () => {
    let value = factor();
    while (list[at] === "*" || list[at] === "/") value = list[at++] === "*" ? value * factor() : value / factor();
    return value;
  };
  const sum = () => {
    let value = product();
    while (list[at] === "+" || list[at] === "-") value = list[at++] === "+" ? value + product() : value - product();
    return value;
  };
  const value = sum();
  return at === list.length && Number.isFinite(value) ? value : null;
}

function settle(input) {
  if (!/[-+*/×÷()]/.test(input.value.slice(1))) return;
  const value = calculate(input.value);
  if (value === null) return;
  input.value = String(Number(value.toFixed(6))).replace(".", decimal());
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("focusout", (event) => event.target.matches?.("[data-calc]") && settle(event.target));
document.addEventListener(
  "keydown",
  (event) => event.key === "Enter" && event.target.matches?.("[data-calc]") && settle(event.target),
  true,
);
