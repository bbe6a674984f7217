"""Which language somebody is spoken to in."""

from __future__ import annotations

from django.utils.translation import get_supported_language_variant, to_language

from comptoir.reference import language
from comptoir.reference.rows import Language

from .cascade import Preferences


def spoken_by(own: str, preferences: Preferences) -> Language:
    """The language of one's own (``own``, the key of a language or ""), else that of the settings in force.

    A key that names none is as good as English, with which the table begins.
    """
    spoken = language(own or str(preferences.language_id)) or language("1")
    assert spoken is not None
    return spoken


def of_pages(locale: str) -> str:
    """The language that pages show to somebody who speaks ``locale``: theirs where all of it is there.

    Documents and e-mails speak more languages than pages do (``settings.LANGUAGES``): a page half in one and
    half in another would help nobody.
    """
    try:
        return get_supported_language_variant(to_language(locale))
    except LookupError:
        return "en"
