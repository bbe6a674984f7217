"""Django's own form fields (sign-in, two factors) drawn as one of our inputs."""

from __future__ import annotations

from typing import Any, Final

from django.forms import BoundField, CheckboxInput, PasswordInput, Select, Textarea

from comptoir.ui.boxes import Box

_CSS: Final = ((CheckboxInput, "checkbox checkbox-sm"), (Select, "select"), (Textarea, "textarea"))


def field(bound: BoundField, label: str = "", help: str = "") -> dict[str, Any]:  # noqa: A002
    """`{% field form.login %}`: label, control, help and faults of a BoundField."""
    widget = bound.field.widget
    css = next((css for kind, css in _CSS if isinstance(widget, kind)), "input")
    shown = Box(
        name=bound.html_name,
        label=str(label or bound.label),
        errors=list(bound.errors),
        help=str(help or bound.help_text or ""),
        id=bound.auto_id or bound.html_name,
        required=bound.field.required and not isinstance(widget, CheckboxInput),
    )
    attrs = {"class": css, "placeholder": None if isinstance(widget, PasswordInput) else ""}
    if shown.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{shown.id}-fault"}
    return {
        "box": shown,
        "control": bound.as_widget(attrs={name: text for name, text in attrs.items() if text is not None}),
        "frame": "ui/inputs/bound_tick.html" if isinstance(widget, CheckboxInput) else "ui/inputs/bound.html",
    }
