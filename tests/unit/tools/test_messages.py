"""What a French reader would stumble over is found before they do."""

from pathlib import Path

import pytest

from tools import assets, french, messages

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with one room: two messages in Python, one in a template."""
    room = tmp_path / "clients"
    (room / "templates").mkdir(parents=True)
    (room / "operations.py").write_text(
        'from x import gettext as _, ngettext\n_("Save")\nngettext("%(n)s client", "%(n)s clients", 2)\n'
    )
    (room / "templates" / "list.html").write_text(
        '{% load i18n %}{% translate "New client" %}{% blocktranslate %}Hi {{ name }}{% endblocktranslate %}'
    )
    monkeypatch.setattr(messages, "HOUSE", tmp_path)
    monkeypatch.setattr(assets, "HOUSE", tmp_path)
    return room


def write(room: Path, *entries: str) -> None:
    path = room / messages.PO
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PO + "\n".join(entries))


SAVE = 'msgid "Save"\nmsgstr "Enregistrer"\n'
CLIENTS = (
    'msgid "%(n)s client"\nmsgid_plural "%(n)s clients"\n'
    'msgstr[0] "%(n)s client"\nmsgstr[1] "%(n)s clients (nombreux)"\n'
)
NEW = 'msgid "New client"\nmsgstr "Nouveau client"\n'
HI = 'msgid "Hi %(name)s"\nmsgstr "Bonjour %(name)s"\n'


def faults() -> list[str]:
    return list(french.faults())


def test_python_and_templates_are_read(house: Path) -> None:
    messages.extract()
    written = (house / messages.PO).read_text()
    for text in ("Save", "%(n)s clients", "New client", "Hi %(name)s"):
        assert f'"{text}"' in written


def test_extraction_twice_changes_nothing_and_keeps_translations(house: Path) -> None:
    write(house, SAVE)
    messages.extract()
    once = (house / messages.PO).read_bytes()
    messages.extract()
    assert (house / messages.PO).read_bytes() == once
    assert "Enregistrer" in once.decode()


def test_a_complete_translation_has_no_fault(house: Path) -> None:
    write(house, SAVE, CLIENTS.replace('%(n)s client"\nmsgstr[1]', '%(n)s cliente"\nmsgstr[1]'), NEW, HI)
    assert faults() == []


def test_a_missing_translation_is_found(house: Path) -> None:
    write(house, CLIENTS, NEW, HI)
    assert "clients: “Save” is missing" in faults()


def test_an_empty_or_guessed_translation_is_found(house: Path) -> None:
    write(house, 'msgid "Save"\nmsgstr ""\n', "#, fuzzy\n" + NEW, HI)
    assert "clients: “Save” is not translated yet" in faults()
    assert "clients: “New client” is not translated yet" in faults()


def test_english_left_in_place_is_found(house: Path) -> None:
    write(house, 'msgid "Save"\nmsgstr "Save"\n', NEW, HI)
    assert any(fault.startswith("clients: “Save” is the same in French") for fault in faults())


def test_a_lost_placeholder_is_found(house: Path) -> None:
    write(house, SAVE, NEW, 'msgid "Hi %(name)s"\nmsgstr "Bonjour"\n')
    assert "clients: “Hi %(name)s” has other placeholders in French: Bonjour" in faults()


def test_a_space_that_would_break_the_line_is_found(house: Path) -> None:
    write(house, 'msgid "Save"\nmsgstr "Enregistrer ?"\n', NEW, HI)
    assert "clients: “Save”: a no-break space is due in “Enregistrer ?”" in faults()


def test_a_message_nobody_uses_is_found(house: Path) -> None:
    write(house, SAVE, NEW, HI, 'msgid "Old"\nmsgstr "Vieux"\n')
    assert "clients: “Old” is used no more" in faults()


def test_two_rooms_that_disagree_are_found(house: Path) -> None:
    write(house, SAVE, NEW, HI)
    other = house.parent / "office"
    other.mkdir()
    (other / "pages.py").write_text('_("Save")\n')
    write(other, 'msgid "Save"\nmsgstr "Sauvegarder"\n')
    assert any(fault.startswith("“Save” has several translations") for fault in faults())


def test_what_is_compiled_is_what_runs(house: Path) -> None:
    import gettext

    write(house, SAVE)
    assets.compile_messages()
    with (house / messages.PO).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Save") == "Enregistrer"
