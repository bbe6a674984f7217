"""What some settings pages show beside their form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comptoir.catalogue.models import PaymentTerm, TaxRate
from comptoir.delivery.mail.listening import address
from comptoir.delivery.mail.providers import PROVIDERS, Provider
from comptoir.delivery.pdf.labels import WORDS
from comptoir.designs.models import names_by_key
from comptoir.office.desk import Desk
from comptoir.office.settings import choices, numbers, papers, registering
from comptoir.office.settings.fields import Field
from comptoir.office.settings.levels import Level
from comptoir.office.settings.shown_papers import SHOWN
from comptoir.people import second_factor
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import percent


def logo(place: Desk, _level: Level) -> dict[str, Any]:
    """The picture on documents and mails."""
    has_logo = bool(place.company.switch("logo_path"))
    return {
        "logo_url": reverse("office:company-logo") if has_logo else "",
        "logo_upload_url": reverse("office:upload-logo"),
        "logo_remove_url": reverse("office:remove-logo"),
    }


def terms(_place: Desk, _level: Level) -> dict[str, Any]:
    """The terms that the lists offer."""
    rows = [choices.term_label(row) for row in PaymentTerm.objects.active()]
    return {"terms_url": reverse("office:payment-terms"), "terms": rows}


def rates(_place: Desk, _level: Level) -> dict[str, Any]:
    """The rates that lines offer."""
    rows = TaxRate.objects.active().order_by("-rate", "name")
    shown = [format_html("{} {}", row.name, percent(row.rate)) for row in rows]
    return {"rates_url": reverse("office:tax-rates"), "rates": shown}


def mail(place: Desk, _level: Level) -> dict[str, Any]:
    """Where providers tell what became of mails, and a test message, to oneself unless another is typed."""
    return {
        "trial_url": reverse("office:mail-trial"),
        "own_email": place.membership.user.email,
        "hearing": [_heard_of(place, one) for one in PROVIDERS.values()],
    }


def _heard_of(place: Desk, provider: Provider) -> dict[str, str]:
    """The address for a provider's notifications; its password is copied, not shown."""
    url = address(place.company, provider.key)
    texts = {
        "postmark": _(
            "In Postmark, add a webhook for deliveries, bounces and spam complaints with this address."
        ),
        "mailgun": _(
            "In Mailgun, add a webhook for delivered messages, both kinds of failures and spam complaints "
            "with this address, and type its signing key above."
        ),
        "brevo": _(
            "In Brevo, add a transactional webhook for deliveries, bounces and complaints with this address."
        ),
        "ses": _(
            "In Amazon SNS, make a topic, type it above and save; then subscribe this address to it by HTTPS "
            "and let Amazon SES send deliveries, bounces and complaints to the topic."
        ),
    }
    parts = urlsplit(url)
    shown = parts._replace(netloc=f"•••@{parts.netloc.rpartition('@')[2]}").geturl()
    return {"key": provider.key, "text": texts[provider.key], "url": url, "shown": shown}


def portal(place: Desk, _level: Level) -> dict[str, Any]:
    """The link for new clients (S5)."""
    link = f"{settings.BASE_URL}/client/register/{place.company.company_key}"
    return {
        "registration_url": link,
        "may_register": bool(place.company.switch("client_can_register")),
        "asked": [
            replace(each, state=place.request.POST.get(each.name, each.state))
            for each in registering.asked(place.company)
        ],
        "asked_states": [Choice(state, str(label)) for state, label in registering.STATES.items()],
    }


def security(place: Desk, _level: Level) -> dict[str, Any]:
    """One's own sign-in, which others cannot see."""
    user = place.membership.user
    return {
        "has_second_factor": second_factor.is_on(user),
        "account_url": reverse("office:account") + "#security",
    }


def papers_of(place: Desk, level: Level) -> dict[str, Any]:
    """The printed page beside the form, drawn again while one chooses."""
    return {
        "paper_url": reverse("office:paper") + level.query,
        "shown": [(key, str(label)) for key, (label, _setting, _make) in SHOWN.items()],
        "parts": papers.parts(level, place.request.POST),
        "own_designs": [name for _key, name in names_by_key()],
        "own_designs_url": reverse("office:designs"),
    }


def words(_place: Desk, _level: Level) -> dict[str, Any]:
    """Every word of a document that may be replaced, as it reads now."""
    return {"words": [(key, str(word)) for key, word in WORDS.items()]}


def numbers_of(place: Desk, level: Level) -> dict[str, Any]:
    """The next number below each pattern, and what patterns may say."""
    following = numbers.following(place, level, level.own)
    frozen = numbers.frozen() if level.is_company else frozenset()

    def dress(field: Field) -> Field:
        series = field.name.removesuffix("_number_pattern")
        if series in following and series != field.name:
            number = format_html(
                '<bdi class="num font-semibold" id="next-{}">{}</bdi>', series, following[series]
            )
            return replace(field, help=format_html("{} {}", _("Next:"), number))
        if field.name in frozen:
            return replace(
                field, disabled=True, help=_("The law of your country asks for numbers without gaps.")
            )
        return field

    return {
        "preview_url": reverse("office:next-numbers") + level.query,
        "gaps_url": reverse("office:number-gaps"),
        "variables": numbers.VARIABLES,
        "dress": dress,
    }
