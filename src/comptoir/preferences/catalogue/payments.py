"""Payment settings: terms, automatic payment, use of credits."""

from django.utils.translation import gettext_lazy as _

from .setting import COMPANY_ONLY, Kind, Setting, choice, flag, reference, text

TITLE = _("Payment settings")

_USE = {"always": _("Always"), "option": _("Offer it"), "off": _("Off")}

SETTINGS = (
    Setting(
        "payment_terms",
        Kind.DAYS,
        "",
        _("Invoice payment terms"),
        _("Days from the invoice date to its due date; 0 is on receipt."),
    ),
    Setting(
        "valid_until",
        Kind.DAYS,
        "",
        _("Quote valid until"),
        _("Days for which the price of a quote is held."),
    ),
    reference("payment_type_id", "0", _("Payment type"), _("Proposed when a payment is entered.")),
    reference("default_expense_payment_type_id", "0", _("Expense payment type"), levels=COMPANY_ONLY),
    text(
        "company_gateway_ids",
        _("Payment gateways"),
        _("Offered to clients, in this order; all of them when empty."),
    ),
    choice(
        "auto_bill",
        "off",
        {
            "off": _("Off"),
            "always": _("Always"),
            "optin": _("Off, the client may turn it on"),
            "optout": _("On, the client may turn it off"),
        },
        _("Automatic payment"),
        _("Recurring invoices are charged to the client's stored payment method."),
    ),
    choice(
        "auto_bill_date",
        "on_due_date",
        {"on_due_date": _("On the due date"), "on_send_date": _("On the day it is sent")},
        _("Charge on"),
    ),
    flag(
        "auto_bill_standard_invoices",
        False,
        _("Charge ordinary invoices"),
        _("Automatic payment applies to invoices that are not recurring too."),
    ),
    choice(
        "use_credits_payment",
        "off",
        _USE,
        _("Use credits"),
        _("Open credits pay invoices before money is asked for."),
    ),
    choice(
        "use_unapplied_payment",
        "off",
        _USE,
        _("Use unapplied payments"),
        _("Money left over on payments pays invoices."),
    ),
)
