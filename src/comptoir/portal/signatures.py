"""A signature under a quote: a typed name, a drawing, or both."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Any, Final

from django.utils.translation import gettext as _
from PIL import Image

from comptoir.kernel.refused import Refused

_PREFIX: Final = "data:image/png;base64,"
_MOST: Final = 200_000
_SIDE: Final = 4_000


def signed(name: str, drawing: str, *, required: bool) -> dict[str, Any]:
    """What is kept as proof. Raises Refused at ``signature`` when one is required and there is none."""
    name = name.strip()[:190]
    picture = drawing if _is_picture(drawing) else ""
    if required and not (name or picture):
        raise Refused("signature", _("Sign with your name, or draw your signature."))
    return {key: value for key, value in (("name", name), ("signature", picture)) if value}


def _is_picture(drawing: str) -> bool:
    """A small PNG that can be opened; anything else a form may send counts as no drawing."""
    if not drawing.startswith(_PREFIX) or len(drawing) > _MOST:
        return False
    try:
        content = base64.b64decode(drawing.removeprefix(_PREFIX), validate=True)
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            small = picture.width <= _SIDE and picture.height <= _SIDE
            picture.verify()
    except (binascii.Error, OSError, SyntaxError, ValueError):
        return False
    return small
