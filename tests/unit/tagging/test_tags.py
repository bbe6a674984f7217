"""A company's vocabulary: tags made, renamed, recoloured, put away."""

from __future__ import annotations

import pytest
from django.db import transaction

from comptoir.activity.models import Activity
from comptoir.kernel.refused import WrongState
from comptoir.tagging import operations, rules
from comptoir.tagging.colours import GREY, PALETTE, nearest
from comptoir.tagging.kinds import KINDS, kind_from, wire_class
from comptoir.tagging.models import Tag
from comptoir.tagging.queries import known, offered
from comptoir.tenancy.scope import acting_for
from tests import factories

from .conftest import ON, House, figures, refused, worn


def test_a_tag_is_made(house: House) -> None:
    tag = house.tag("  Grand   compte ", color="#5283E0")
    assert (tag.kind, tag.name, tag.color, tag.css) == ("client", "Grand compte", "#5283e0", "hue-0")
    told = Activity.objects.get()
    assert (told.fact, told.mentions) == ("TagCreated", {"tag": [tag.pk, "Grand compte"]})


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"kind": "client", "name": "  "}, "name", "Give the tag a name."),
        ({"kind": "client", "name": "x" * 192}, "name", "A name may have 191 characters."),
        ({"kind": "boat", "name": "A"}, "entity_type", "Say for which kind of records the tag is."),
        ({"kind": "client", "name": "A", "color": "red"}, "color", "Write a colour as #rgb or #rrggbb."),
        ({"kind": "client", "name": "A", "color": "#12345"}, "color", "Write a colour as #rgb or #rrggbb."),
    ],
)
def test_a_faulty_tag_is_refused(house: House, fields: dict[str, str], at: str, sentence: str) -> None:
    assert refused(lambda: operations.create_tag(fields, by=house.alice, on=ON)) == {at: [sentence]}


def test_all_faults_are_told_at_once(house: House) -> None:
    faults = refused(lambda: operations.create_tag({"color": "red"}, by=house.alice, on=ON))
    assert sorted(faults) == ["color", "entity_type", "name"]


def test_a_name_is_given_once_for_a_kind_whatever_its_case_and_accents(house: House) -> None:
    tag = house.tag("Été")
    assert refused(lambda: house.tag("ETE")) == {"name": ["There is a tag of this name already."]}
    house.tag("Été", "invoice")
    operations.archive_tag(tag, by=house.alice, on=ON)
    assert refused(lambda: house.tag("été")) == {"name": ["There is a tag of this name already."]}
    operations.delete_tag(tag, by=house.alice, on=ON)
    again = house.tag("été")
    assert refused(lambda: operations.restore_tag(tag, by=house.alice, on=ON)) == {
        "name": ["There is a tag of this name already."]
    }
    operations.update_tag(again, {"name": "Summer"}, by=house.alice, on=ON)
    operations.restore_tag(tag, by=house.alice, on=ON)
    assert [each.name for each in known("client")] == ["Été", "Summer"]


def test_whoever_takes_a_name_a_moment_later_is_refused_by_the_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writers look at the same moment, and neither sees the other's tag: the constraint does."""
    house.tag("VIP")
    other = house.tag("Late")
    monkeypatch.setattr(rules, "_twin", lambda tag: False)
    taken = {"name": ["There is a tag of this name already."]}

    def rename() -> None:
        with transaction.atomic():
            operations.update_tag(other, {"name": "vip"}, by=house.alice, on=ON)

    def make() -> None:
        with transaction.atomic():
            house.tag("Vip")

    assert (refused(make), refused(rename)) == (taken, taken)


def test_another_company_has_names_of_its_own(house: House) -> None:
    house.tag("VIP")
    with acting_for(factories.account_with_company("Dora Ltd")):
        assert Tag.objects.count() == 0
        assert house.tag("VIP").name == "VIP"


def test_a_tag_is_renamed_and_recoloured(house: House) -> None:
    tag, client = house.tag("Prospect"), house.client()
    house.set(client, tag)
    operations.update_tag(tag, {"name": "Lead", "color": "#a00"}, by=house.alice, on=ON)
    tag.refresh_from_db()
    assert (tag.name, tag.folded, tag.color) == ("Lead", "lead", "#a00")
    assert worn(client) == ["Lead"]
    changes = Activity.objects.get(fact="TagUpdated").changes
    assert changes == {"name": ["Prospect", "Lead"], "color": ["", "#a00"]}


def test_what_a_tag_is_for_never_changes(house: House) -> None:
    tag = house.tag("VIP")
    operations.update_tag(tag, {"kind": "invoice", "name": "VIP"}, by=house.alice, on=ON)
    tag.refresh_from_db()
    assert tag.kind == "client"


def test_a_rename_to_another_tags_name_is_refused(house: House) -> None:
    tag, _other = house.tag("Prospect"), house.tag("VIP")
    faults = refused(lambda: operations.update_tag(tag, {"name": "vip"}, by=house.alice, on=ON))
    assert faults == {"name": ["There is a tag of this name already."]}


def test_an_archived_tag_stays_on_its_records_and_is_not_offered(house: House) -> None:
    tag, client = house.tag("VIP"), house.client()
    house.set(client, tag)
    operations.archive_tag(tag, by=house.alice, on=ON)
    assert worn(client) == ["VIP"]
    assert (list(offered("client")), known("client")) == ([], [tag])


def test_a_deleted_tag_is_on_no_record_until_it_comes_back(house: House) -> None:
    tag, client = house.tag("VIP"), house.client()
    house.set(client, tag)
    operations.delete_tag(tag, by=house.alice, on=ON)
    assert (worn(client), known("client")) == ([], [])
    with pytest.raises(WrongState):
        operations.update_tag(tag, {"name": "Other"}, by=house.alice, on=ON)
    operations.restore_tag(tag, by=house.alice, on=ON)
    assert worn(client) == ["VIP"]


def test_what_was_never_away_does_not_come_back(house: House) -> None:
    tag = house.tag("VIP")
    before = figures()
    with pytest.raises(WrongState):
        operations.restore_tag(tag, by=house.alice, on=ON)
    assert figures() == before


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_kind_is_read_in_its_long_and_its_short_form(kind: str) -> None:
    assert kind_from(wire_class(kind)) == kind_from(kind) == kind


def test_words_of_no_kind() -> None:
    assert (kind_from("recurring_invoice"), kind_from("App\\Models\\Boat"), kind_from("")) == (
        "recurringinvoice",
        "",
        "",
    )


def test_each_colour_of_the_house_is_its_own_nearest() -> None:
    assert [nearest(colour.code) for colour in PALETTE] == list(PALETTE)


@pytest.mark.parametrize(
    ("code", "name"),
    [("#00f", "Blue"), ("#FF0000", "Orange"), ("#0f0", "Lime"), ("#c0c0c0", "Grey"), ("", "Grey")],
)
def test_any_other_colour_is_shown_as_a_near_one(code: str, name: str) -> None:
    assert str(nearest(code).name) == name
    assert GREY.css == ""
