// A code editor for HTML with `$names`, over CodeMirror. It stands in a shadow root: there its styles are
// adopted sheets, which the page's policy allows; they take the page's own colours.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { html, htmlLanguage } from "@codemirror/lang-html";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";

const theme = EditorView.theme({
  "&": { color: "var(--color-base-content)", backgroundColor: "var(--color-base-100)", fontSize: "13px" },
  "&.cm-focused": { outline: "2px solid var(--color-primary)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", minHeight: "16rem" },
  ".cm-content": { caretColor: "var(--color-base-content)" },
  ".cm-cursor": { borderLeftColor: "var(--color-base-content)" },
  ".cm-gutters": { color: "var(--c-muted)", backgroundColor: "var(--color-base-200)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in oklab, var(--color-base-content) 5%, transparent)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in oklab, var(--color-primary) 25%, transparent) !important" },
  ".cm-tooltip, .cm-panels": { color: "var(--color-base-content)", backgroundColor: "var(--color-base-100)", border: "1px solid var(--color-base-300)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--color-primary-content)", backgroundColor: "var(--color-primary)" },
  ".cm-completionDetail": { marginInlineStart: "1em", color: "inherit", fontStyle: "normal" },
});

const letters = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: "var(--c-info-ink)" },
  { tag: [tags.attributeName, tags.propertyName, tags.className], color: "var(--c-warning-ink)" },
  { tag: [tags.attributeValue, tags.string, tags.number, tags.unit, tags.color], color: "var(--c-success-ink)" },
  { tag: tags.comment, color: "var(--c-muted)", fontStyle: "italic" },
]);

/** Put an editor in place of a textarea, which keeps what is typed. `names`: [["number", "Number of …"]]. */
export function editor(area, names) {
  const options = names.map(([name, detail]) => ({ label: `$${name}`, detail, type: "variable" }));
  const complete = (context) => {
    const typed = context.matchBefore(/\$[\w.]*/);
    return typed ? { from: typed.from, options, validFor: /^\$[\w.]*$/ } : null;
  };
  const host = document.createElement("div");
  host.className = "code-host";
  area.after(host);
  area.hidden = true;
  const root = host.attachShadow({ mode: "open" });
  return new EditorView({
    doc: area.value,
    root,
    parent: root,
    extensions: [
      basicSetup,
      html({ autoCloseTags: true, matchClosingTags: true }),
      htmlLanguage.data.of({ autocomplete: complete }),
      autocompletion(),
      keymap.of(completionKeymap),
      syntaxHighlighting(letters),
      theme,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": area.getAttribute("aria-label") ?? area.labels[0]?.textContent.trim() ?? area.name }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        area.value = update.state.doc.toString();
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    ],
  });
}
