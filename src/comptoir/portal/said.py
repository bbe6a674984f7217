"""What has just been done, said at the top of the next page: the address carries a word, never a text."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_SENTENCES: Final[dict[str, Any]] = {
    "saved": _("Your details are saved."),
    "mails": _("Your choice is kept."),
    "password": _("Your new password is saved. Other devices were signed out."),
    "confirm": _("We have sent a link to the new address. Until you open it, the old one stays."),
    "confirmed": _("Your new e-mail address is confirmed."),
    "approved": _("Thank you: the quote is approved."),
    "invoiced": _("Thank you: the quote is approved. Here is its invoice."),
    "rejected": _("The quote is turned down. The company has been told."),
    "asked_to_end": _("The company has been told that you wish to end this. It will answer you."),
    "auto_bill_on": _("From now on these invoices pay themselves."),
    "auto_bill_off": _("Automatic payment is off. You pay each invoice yourself."),
    "uploaded": _("Your files have arrived."),
    "mailed": _("If this address is known, a link is on its way to it. It works for a while."),
    "settled": _("Thank you. It is paid with what you had with us."),
    "stored": _("Your payment method is stored."),
    "not_stored": _("No payment method was stored."),
    "preferred": _("This payment method is charged from now on."),
    "removed": _("The payment method is removed."),
    "signed_out": _("You are signed out."),
    "welcome": _("Welcome! Your account is ready."),
}


def said(request: HttpRequest) -> Any:
    """The sentence of the word in the address, if it is one of ours."""
    return _SENTENCES.get(request.GET.get("done", ""), "")
