"""What stands in the editor, saved or not: on paper, and in remarks."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.own.remarks import remarks
from comptoir.delivery.pdf.pictures import picture
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs import rules
from comptoir.designs.looks import Own
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import part
from comptoir.office.settings.designs.editing import EDITED, read
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.papers import sample


@require_POST
@desk("edit", "company")
def paper(place: Desk) -> HttpResponse:
    """The newest invoice in this design, as a picture."""
    parts = read(place.request.POST)["parts"]
    try:
        rules.refuse_odd_parts(parts)
        content = print_document(sample(place, level_of(place)), look=Own(parts))
    except (Refused, PdfFailed) as failure:
        return HttpResponse(str(failure), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture(content, most=2), content_type="image/webp")


@require_POST
@desk("edit", "company")
def remarked(place: Desk) -> HttpResponse:
    """What is wrong or in vain, by part and line."""
    parts = read(place.request.POST)["parts"]
    titles = {each.key: str(each.title) for each in EDITED}
    found = [(titles[each.part], each.line, each.sentence) for each in remarks(parts)]
    refused: list[str] = []
    try:
        rules.refuse_odd_parts(parts)
    except Refused as refusal:
        refused = [
            f"{titles.get(field.removeprefix('design.'), '')}: {sentences[0]}"
            for field, sentences in refusal.errors.items()
        ]
    return part(place, "settings/designs/remarks.html", {"remarks": found[:20], "refused": refused})
