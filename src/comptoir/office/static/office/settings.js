// The settings: a colour is typed or picked, and the preview of a mail is drawn anew when typing rests.

for (const input of document.querySelectorAll("[data-colour]")) {
  const swatch = document.createElement("input");
  swatch.type = "color";
  Object.assign(swatch.style, { width: "1.5rem", height: "1.5rem", flex: "none", cursor: "pointer" });
  swatch.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  const show = () => { swatch.value = /^#[0-9a-f]{6}$/i.test(input.value) ? input.value : input.placeholder || "#000000"; };
  swatch.addEventListener("input", () => {
    input.value = swatch.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.addEventListener("input", show);
  const row = document.createElement("div");
  row.className = "input";
  input.before(row);
  input.classList.remove("input");
  row.append(swatch, input);
  show();
}

for (const button of document.querySelectorAll("[data-live]")) {
  const { form } = button;
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => button.click(), 700);
  });
  // It goes into a frame: the page still asks before typed words are lost.
  button.addEventListener("click", () => setTimeout(() => { form.sending = false; }));
}

// The list of pages is longer than some screens: the open one is brought into sight.
const open = document.querySelector('.settings-results [aria-current="page"]');
const list = open?.closest(".settings-list");
if (open && list) list.scrollTop = open.offsetTop - list.clientHeight / 2;
