"""What stands in the editor, saved or not: on paper, and in remarks."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.activity import kinds
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.own.remarks import remarks
from comptoir.delivery.pdf.pictures import picture
from comptoir.delivery.pdf.printing import print_document, print_page
from comptoir.delivery.runs.gathering import rows_of
from comptoir.delivery.runs.running import is_together, pages
from comptoir.delivery.runs.sight import Sight
from comptoir.delivery.runs.subjects import LISTS, NAMES
from comptoir.designs import rules
from comptoir.designs.looks import Own
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import part
from comptoir.office.settings.designs.editing import EDITED, read
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.shown_papers import sample

SEVERAL: Final = 12
"""Records in the preview of a template that lists them."""


@require_POST
@desk("edit", "company")
def paper(place: Desk) -> HttpResponse:
    """The newest invoice in this design, or the newest records of a template, as a picture."""
    said = read(place.request.POST)
    parts = said["parts"]
    try:
        rules.refuse_odd_parts(parts)
        if said.get("is_template"):
            content = _run(place, said)
        else:
            content = print_document(sample(place, level_of(place)), look=Own(parts))
    except (Refused, PdfFailed) as failure:
        return HttpResponse(str(failure), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture(content, most=2), content_type="image/webp")


def _run(place: Desk, said: dict[str, Any]) -> bytes:
    """The first pages of a run over the newest records of its first kind. Raises Refused without any."""
    entity = said["entities"].partition(",")[0] or "invoice"
    parts = said["parts"]
    newest = (
        kinds.named(entity).model.objects.filter(deleted_at=None).order_by("-pk").values_list("pk", flat=True)
    )
    keys = list(newest[: SEVERAL if is_together(parts, entity) else 1])
    sight = Sight(place.membership)
    name, rows = said["name"] or _("New template"), rows_of(entity, keys, sight)
    first = next(pages(name, parts, entity, rows, sight, on=place.on), None)
    if first is None:
        raise Refused("body", _("There is no record yet to show it with."))
    return print_page(first, look=Own(parts), moment="2000-01-01T00:00:00Z")


@require_POST
@desk("edit", "company")
def remarked(place: Desk) -> HttpResponse:
    """What is wrong or in vain, by part and line."""
    said = read(place.request.POST)
    parts = said["parts"]
    more = {"names": NAMES, "lists": LISTS} if said.get("is_template") else {}
    titles = {each.key: str(each.title) for each in EDITED}
    found = [(titles[each.part], each.line, each.sentence) for each in remarks(parts, **more)]
    refused: list[str] = []
    try:
        rules.refuse_odd_parts(parts)
    except Refused as refusal:
        refused = [
            f"{titles.get(field.removeprefix('design.'), '')}: {sentences[0]}"
            for field, sentences in refusal.errors.items()
        ]
    return part(place, "settings/designs/remarks.html", {"remarks": found[:20], "refused": refused})
