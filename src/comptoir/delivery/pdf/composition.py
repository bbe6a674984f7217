"""From the facts of a document to its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from comptoir.delivery.pdf import blocks, qr_bill
from comptoir.delivery.pdf.codes import qr_png
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.lines import Write, line_values, tables
from comptoir.delivery.pdf.mentions import identity, mentions
from comptoir.delivery.pdf.prose import prose
from comptoir.delivery.pdf.slip import CODE, epc_image, slip
from comptoir.delivery.pdf.totals import Sums, figure, tax_rows
from comptoir.delivery.pdf.values import document_values
from comptoir.designs.page import Attached, Badge, Page, Prose, Signature, Tone

LOGO: Final = "logo"
SIGNATURE: Final = "signature"
ATTACHED: Final = "attached-"
TONES: Final[Mapping[str, Tone]] = {
    "paid": "good",
    "approved": "good",
    "cancelled": "warn",
    "reversed": "warn",
}


def compose(facts: DocumentFacts, *, stacked: bool = True, detailed: bool = False) -> Page:
    """Write a document in its reader's language.

    `stacked` puts the name of a product above its description instead of beside it; `detailed` adds
    what a design of the company's own may name.
    """
    with translation.override(facts.reader.language):
        return _composed(facts, stacked, detailed)


def _composed(facts: DocumentFacts, stacked: bool, detailed: bool) -> Page:
    labels = Labels(facts.translations)
    values = document_values(facts, labels)
    heading = labels[facts.kind]
    bill = qr_bill.bill(facts)
    return Page(
        kind=facts.kind,
        language=facts.reader.locale.replace("_", "-"),
        direction=facts.reader.direction,
        heading=heading,
        number=facts.number,
        title=f"{heading} {facts.number}".strip(),
        layout=facts.layout,
        company=blocks.company_block(facts, values, labels),
        client=blocks.client_block(facts, values, labels),
        delivery=blocks.delivery_block(facts, labels),
        details=blocks.details(facts, values, labels),
        tables=tables(facts, labels, _writer(facts, values), stacked=stacked),
        totals=tuple(Sums(facts, labels).rows()),
        taxes=tax_rows(facts),
        tax_labels=(labels["tax"], labels["tax_base"], labels["tax_amount"]),
        badge=_badge(facts, labels),
        figure=figure(facts, labels),
        slip=None if bill else slip(facts, labels),
        payment_part=qr_bill.part(bill) if bill else None,
        prose=tuple(_prose(facts, values, labels)),
        signature=_signature(facts, labels),
        attached=tuple(Attached(one.name, f"{ATTACHED}{place}") for place, one in enumerate(facts.attached)),
        footer=prose(facts.footer, values, markdown=facts.markdown),
        mentions=mentions(facts),
        identity=identity(facts, labels[blocks.register_name(facts.company.id_number)], labels["vat_number"]),
        logo=LOGO if facts.logo.content else "",
        logo_width=facts.logo.css_width,
        payment_link=facts.payment_link if facts.asks_for_money else "",
        payment_label=labels["pay_online"],
        assets=dict(_assets(facts, bill)),
        values={**labels.by_placeholder(), **values} if detailed else {},
        lines=line_values(facts, _writer(facts, values)) if detailed else {},
    )


def _badge(facts: DocumentFacts, labels: Labels) -> Badge | None:
    """A stamp for what is no ordinary issued document; that it is paid, only if the company wishes."""
    if facts.stage == "issued" or (facts.stage == "paid" and not facts.layout.paid_stamp):
        return None
    return Badge(labels[facts.stage], TONES.get(facts.stage, "plain"))


def _prose(facts: DocumentFacts, values: Mapping[str, str], labels: Labels) -> Iterator[Prose]:
    for key, text in (("notes", facts.public_notes), ("terms", facts.terms)):
        html = prose(text, values, markdown=facts.markdown)
        if html:
            yield Prose(labels[key], html)


def _signature(facts: DocumentFacts, labels: Labels) -> Signature | None:
    signed = facts.signed
    if signed is None:
        return None
    at = {"day": facts.reader.day(signed.at.date()), "time": f"{signed.at:%H:%M}", "ip": signed.ip}
    when = (_("on %(day)s at %(time)s, from %(ip)s") if signed.ip else _("on %(day)s at %(time)s")) % at
    return Signature(labels["signed_by"], signed.name, when, SIGNATURE if signed.picture else "")


def _writer(facts: DocumentFacts, values: Mapping[str, str]) -> Write:
    """How descriptions are written: most hold no mark at all and go through as they are."""

    def write(text: str) -> str:
        if facts.markdown or "$" in text or "</" in text:
            return mark_safe(prose(text, values, markdown=facts.markdown).replace("\n", " "))  # noqa: S308 clean
        return text

    return write


def _assets(facts: DocumentFacts, bill: qr_bill.Bill | None) -> Iterator[tuple[str, bytes]]:
    if facts.logo.content:
        yield LOGO, facts.logo.content
    if bill:
        yield qr_bill.ASSET, qr_png(bill.payload)
    elif code := epc_image(facts):
        yield CODE, code
    if facts.signed is not None and facts.signed.picture:
        yield SIGNATURE, facts.signed.picture
    for place, one in enumerate(facts.attached):
        yield f"{ATTACHED}{place}", one.content
