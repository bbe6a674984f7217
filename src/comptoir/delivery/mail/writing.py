"""A finished mail: subject, HTML and text, in the recipient's language and the company's look."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import to_language

from comptoir.delivery.placeholders import substitute

from .addresses import one_line
from .body import body, clean
from .frame import framed, styled
from .look import Look
from .pieces import Values, view_label
from .plain import plain_text

_PREHEADER: Final = 110


@dataclass(frozen=True)
class Written:
    """``message`` is the body alone, without the frame that ``html`` puts around it."""

    subject: str
    html: str
    text: str
    message: str


@dataclass(frozen=True)
class _Sheet:
    """One mail being written, in the language that is active."""

    values: Values
    look: Look
    kind: str
    unsubscribe: str

    def body(self, text: str) -> SafeString:
        return body(text, self.kind, self.values, markdown=self.look.markdown) if text else SafeString()

    def page(self, subject: str, message: SafeString, signature: SafeString, preheader: str) -> str:
        if self.look.style == "custom":
            message, signature = self.own_frame(message + signature), SafeString()
        return framed(
            self.look,
            subject=subject,
            message=message,
            signature=signature,
            footer=self.body(self.look.footer),
            unsubscribe=self.unsubscribe,
            preheader=preheader,
            action=self.action() if self.look.markup else "",
        )

    def own_frame(self, inside: str) -> SafeString:
        """The company's HTML, its style sheet inlined, around the message."""
        before, _body, after = styled(self.look.own_frame).partition("$body")
        before, after = (substitute(part, self.values, html=True) for part in (before, after))
        return clean(f"{before}{inside}{after}")

    def text(self, words: str, signature: str) -> str:
        parts = [words, plain_text(signature)]
        if self.look.show_footer:
            below = (plain_text(self.body(self.look.footer)), self.look.company_name, *self.look.about)
            parts.append("-- \n" + "\n".join(filter(None, below)))
        if self.unsubscribe:
            parts.append(f"{_('Unsubscribe from these emails')}\n<{self.unsubscribe}>")
        return "\n\n".join(filter(None, parts)) + "\n"

    def action(self) -> str:
        """Markup by which mail programs show a button of their own; "" without a page to open."""
        link = self.values.get("view_link", "")
        if not link.startswith("https://"):
            return ""
        action = {"@type": "ViewAction", "target": link, "name": view_label(self.kind)}
        markup = {"@context": "http://schema.org", "@type": "EmailMessage", "potentialAction": action}
        text = json.dumps(markup, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
        return mark_safe(text)  # noqa: S308 (JSON that cannot end its script)


def write(
    subject: str,
    text: str,
    values: Values,
    look: Look,
    *,
    kind: str = "",
    locale: str = "en",
    unsubscribe: str = "",
) -> Written:
    """Fill in the placeholders of ``subject`` and ``text`` and put the frame around.

    ``kind`` ("invoice", "quote" …) words the buttons and the summary; ``unsubscribe`` is an address
    for the footer. Line breaks in a filled-in subject become spaces: no header can be injected.
    Private notes are not filled in, whoever passes them.
    """
    values = {name: value for name, value in values.items() if "private_notes" not in name}
    with translation.override(to_language(locale)):
        sheet = _Sheet(values, look, kind, unsubscribe)
        message, signature = sheet.body(text), sheet.body(look.signature)
        words = plain_text(message)
        filled = one_line(substitute(subject, values, html=False))
        return Written(
            subject=filled,
            html=sheet.page(filled, message, signature, _preheader(words)),
            text=sheet.text(words, signature),
            message=str(message),
        )


def _preheader(words: str) -> str:
    """What an inbox shows beside the subject: the second paragraph, since the first one greets."""
    paragraphs = [" ".join(part.split()) for part in words.split("\n\n")]
    return (paragraphs[1] if len(paragraphs) > 1 else paragraphs[0])[:_PREHEADER]
