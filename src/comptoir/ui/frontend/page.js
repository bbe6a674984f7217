// What the server wrote into the page for scripts: URLs of parts loaded when needed, and words.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.dataset ?? {};

/** Load a part that few pages need (picker, sortable, charts, ranges); resolves to its module. */
export const load = (part) => import(meta("assets")[part]);

/** Load the stylesheet that comes with a part; resolves when it holds. */
export const styles = (part) =>
  new Promise((done) => {
    const href = meta("assets")[`${part}Styles`];
    if (document.querySelector(`link[href="${CSS.escape(href)}"]`)) return done();
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done });
    // Before our own sheet, whose tokens must win.
    return document.head.querySelector('link[rel="stylesheet"]').before(link);
  });

/** A word in the reader's language. */
export const word = (name) => meta("words")[name] ?? "";

/** The token that Django asks of every POST. */
export const csrf = () => document.querySelector('#post input[name="csrfmiddlewaretoken"]')?.value ?? "";

/** POST a form's fields as they stand; resolves to the answer. */
export const send = (url, form, options = {}) =>
  fetch(url, {
    method: "POST",
    body: form instanceof HTMLFormElement ? new FormData(form) : form,
    headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" },
    ...options,
  });

/** Call once the calls have stopped for a while. */
export function after(milliseconds, call) {
  let timer;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}
