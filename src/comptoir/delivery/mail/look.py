"""What a company's mails look like: its settings, turned into what the frame needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

from comptoir.tenancy.models import Company

from . import colours

CARD_LIGHT: Final = "#ffffff"
CARD_DARK: Final = "#1b2029"
LARGE_TEXT: Final = 3.0


class Settings(Protocol):
    """The settings in force: ``preferences.cascade.Preferences`` of a client or a company."""

    def __getitem__(self, key: str) -> Any: ...


@dataclass(frozen=True)
class Look:
    """``style`` is plain, light, dark or custom; ``own_frame`` the HTML of a custom one, with $body."""

    company_name: str
    style: str = "light"
    own_frame: str = ""
    alignment: str = "center"
    colour: str = colours.DEFAULT
    signature: str = ""
    footer: str = ""
    show_footer: bool = True
    about: tuple[str, ...] = ()
    markup: bool = True
    markdown: bool = True
    logo: bool = False

    @property
    def button(self) -> str:
        """The colour of a button: darkened a little where that lets white words be read on it."""
        return self.ink if colours.contrast(self.colour, "#ffffff") >= LARGE_TEXT else self.colour

    @property
    def on_button(self) -> str:
        return colours.text_on(self.button)

    @property
    def ink(self) -> str:
        """The colour for words on a light card."""
        return colours.readable(self.colour, CARD_LIGHT)

    @property
    def glow(self) -> str:
        """The colour for words on a dark card."""
        return colours.readable(self.colour, CARD_DARK)

    @property
    def is_dark(self) -> bool:
        return self.style == "dark"


def look_of(company: Company, settings: Settings, *, logo: bool = False) -> Look:
    """The look of mails to somebody for whom ``settings`` are in force."""
    own = str(settings["email_style_custom"])
    style = str(settings["email_style"])
    return Look(
        company_name=str(settings["name"]) or company.name,
        style="light" if style == "custom" and "$body" not in own else style,
        own_frame=own,
        alignment=str(settings["email_alignment"]),
        colour=colours.colour(str(settings["primary_color"])),
        signature=str(settings["email_signature"]),
        footer=str(settings["email_footer"]),
        show_footer=bool(settings["show_email_footer"]),
        about=_about(settings),
        markup=bool(settings["enable_email_markup"]),
        markdown=bool(company.switch("markdown_email_enabled")),
        logo=logo,
    )


def _about(settings: Settings) -> tuple[str, ...]:
    """The lines below a mail: where the company is and how to reach it."""
    town = " ".join(filter(None, (str(settings["postal_code"]), str(settings["city"]))))
    street = ", ".join(filter(None, (str(settings["address1"]), str(settings["address2"]), town)))
    reach = " · ".join(str(settings[key]) for key in ("phone", "email", "website") if settings[key])
    return tuple(line for line in (street, reach) if line)
