from comptoir.ui.tags.marks import avatar, badge, bdi, hue, initials
from comptoir.ui.tones import tone_of


def test_initials_take_the_first_two_names_and_pass_over_particles() -> None:
    assert initials("Café des Halles") == "CH"
    assert initials("Brightwater Logistics Ltd") == "BL"
    assert initials("Verger & Fils") == "VF"
    assert initials("de la") == "DL"
    assert initials("Ōkami") == "Ō"
    assert initials("   ") == ""


def test_a_name_keeps_its_colour() -> None:
    assert hue("Café des Halles") == 4
    assert hue("Maud Delorme") == 2


def test_a_state_finds_its_colour_and_an_unknown_one_is_neutral() -> None:
    assert badge("Payée", status="paid") == '<span class="badge tone-success">Payée</span>'
    assert badge("Odd", status="never heard of") == '<span class="badge">Odd</span>'
    assert tone_of("overdue") == "error"


def test_what_people_typed_is_escaped_in_marks() -> None:
    assert "<b>" not in badge("<b>")
    assert "<img" not in avatar("<img src=x>")
    assert bdi("<i>") == "<bdi>&lt;i&gt;</bdi>"


def test_a_picture_stands_for_the_initials() -> None:
    assert avatar("Maud", image="/m.png") == '<img class="face" src="/m.png" alt="" loading="lazy">'


def test_nothing_is_isolated_for_nothing() -> None:
    assert bdi(None) == ""
    assert bdi("") == ""
