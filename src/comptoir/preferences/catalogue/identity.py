"""Company details: who issues the documents."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .setting import COMPANY_ONLY, choice, reference, text

TITLE = _("Company details")

SETTINGS = (
    text("name", _("Company name")),
    text("id_number", _("ID number"), _("The company's registration number, such as its SIRET.")),
    text("vat_number", _("VAT number")),
    choice(
        "classification",
        "",
        {
            "": _("Not set"),
            "individual": _("Individual"),
            "business": _("Business"),
            "company": _("Company"),
            "partnership": _("Partnership"),
            "trust": _("Trust"),
            "charity": _("Charity"),
            "government": _("Public body"),
            "other": _("Other"),
        },
        _("Classification"),
    ),
    text("website", _("Website")),
    text("email", _("Email")),
    text("phone", _("Phone")),
    text("address1", _("Street")),
    text("address2", _("Apt/Suite")),
    text("city", _("City")),
    text("state", _("State/Province")),
    text("postal_code", _("Postal code")),
    reference("country_id", "840", _("Country")),
    text("company_logo", _("Logo")),
    text("company_logo_size", _("Logo size"), _("A width such as 65% or 180px.")),
    text(
        "qr_iban",
        _("QR-IBAN"),
        _("For Swiss QR-bills with a QR reference. Left empty: they name the IBAN and a creditor reference."),
    ),
    text(
        "besr_id",
        _("BESR-ID"),
        _("Your customer number at the bank, with which QR references begin, where it asks for one."),
    ),
    *(
        text(f"custom_value{n}", format_lazy(_("Custom field {number}"), number=n), levels=COMPANY_ONLY)
        for n in (1, 2, 3, 4)
    ),
    text("custom_fields", _("Custom fields"), default="{}", newer=True, levels=COMPANY_ONLY),
)
