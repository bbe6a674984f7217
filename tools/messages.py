"""French translations: `python -m tools.messages extract|compile|check`.

Each package keeps its own `locale/fr/LC_MESSAGES/django.po`. `extract` brings them up to date with the
sources, `compile` writes the `.mo` files that run, `check` fails on what a French reader would stumble over.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po, write_po

from tools import assets

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "comptoir"
PO = Path("locale/fr/LC_MESSAGES/django.po")
TEMPLATES = {".html", ".txt"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOISE = re.compile(rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|'
                   rb'Project-Id-Version|Report-Msgid-Bugs-To).*\n', re.MULTILINE)  # fmt: skip


def packages() -> Iterator[Path]:
    """Folders that keep translations: Django's apps, and every top folder of the house."""
    tops = [path for path in HOUSE.iterdir() if path.is_dir() and not path.name.startswith("_")]
    nested = [path.parent for path in HOUSE.rglob("apps.py")] + [
        path.parent for path in HOUSE.rglob("locale")
    ]
    yield from sorted({*tops, *nested})


def extracted(package: Path, others: set[Path]) -> Catalog:
    """What the sources of a package say, without those of the packages inside it."""
    catalog = Catalog(locale="fr", charset="utf-8", fuzzy=False)
    for path in sorted(package.rglob("*")):
        inside = next(parent for parent in path.parents if parent in others or parent == package)
        if inside != package or not path.is_file() or "migrations" in path.parts:
            continue
        for _line, text, comments, context in _messages(path):
            catalog.add(text, None, [(str(path.relative_to(HOUSE)), 0)], (), comments, context=context)
    return catalog


def _messages(path: Path) -> Iterator[Any]:
    if path.suffix == ".py":
        yield from extract_from_file("python", path, keywords=KEYWORDS)
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        yield from extract_from_file(_template, path, keywords=KEYWORDS)


def _template(file: Any, keywords: Any, tags: Any, options: Any) -> Any:
    """Django's own reading of its templates, handed to the Python extractor."""
    from django.utils.translation.template import templatize

    code = templatize(file.read().decode())
    flat = "\n".join(line.lstrip() for line in code.splitlines())  # Python would read depth as blocks
    return extract_python(io.BytesIO(flat.encode()), keywords, tags, options)


def read(package: Path) -> Catalog:
    """The translations a package has; an empty catalogue when it has none yet."""
    path = package / PO
    if not path.is_file():
        return Catalog(locale="fr")
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def extract() -> None:
    """New messages come in empty, unused ones go, nothing is guessed."""
    known = set(packages())
    for package in known:
        found, kept = extracted(package, known), read(package)
        for message in found:
            old = kept.get(message.id, message.context) if message.id else None
            if old:
                message.string, message.flags = old.string, old.flags
        if len(found):
            _write(found, package / PO)


def _write(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, catalog, width=110, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    path.write_bytes(NOISE.sub(b"", text.getvalue()))


def main(command: str) -> int:
    """0 when all is well."""
    if command == "extract":
        extract()
    elif command == "compile":
        assets.compile_messages()
    elif command == "check":
        from tools import french

        found = list(french.faults())
        print("\n".join(found) or "Every message has its French.")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
