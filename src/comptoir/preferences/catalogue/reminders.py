"""Templates and reminders: when reminders leave and what they cost."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .setting import choice, flag, number, reference, whole

TITLE = _("Reminders")

_INVOICE = {
    "": _("Off"),
    "after_invoice_date": _("After the invoice date"),
    "before_due_date": _("Before the due date"),
    "after_due_date": _("After the due date"),
}
_QUOTE = {
    "": _("Off"),
    "after_quote_date": _("After the quote date"),
    "before_valid_until_date": _("Before the end of validity"),
    "after_valid_until_date": _("After the end of validity"),
}

SETTINGS = (
    flag("send_reminders", True, _("Send reminders"), _("Emails the client about unpaid invoices.")),
    *(
        row
        for n in (1, 2, 3)
        for row in (
            flag(f"enable_reminder{n}", False, format_lazy(_("Reminder {number}: send"), number=n)),
            whole(f"num_days_reminder{n}", 0, format_lazy(_("Reminder {number}: days"), number=n)),
            choice(
                f"schedule_reminder{n}", "", _INVOICE, format_lazy(_("Reminder {number}: schedule"), number=n)
            ),
            number(f"late_fee_amount{n}", format_lazy(_("Reminder {number}: late fee"), number=n)),
            number(f"late_fee_percent{n}", format_lazy(_("Reminder {number}: late fee percent"), number=n)),
        )
    ),
    flag("enable_reminder_endless", False, _("Endless reminder: send")),
    reference("endless_reminder_frequency_id", "0", _("Endless reminder: frequency")),
    number("late_fee_endless_amount", _("Endless reminder: late fee")),
    number("late_fee_endless_percent", _("Endless reminder: late fee percent")),
    flag("enable_quote_reminder1", False, _("Quote reminder: send")),
    whole("quote_num_days_reminder1", 0, _("Quote reminder: days")),
    choice("quote_schedule_reminder1", "", _QUOTE, _("Quote reminder: schedule")),
    number("quote_late_fee_amount1", _("Quote reminder: fee")),
    number("quote_late_fee_percent1", _("Quote reminder: fee percent")),
    whole(
        "reminder_send_time",
        0,
        _("Reminder hour"),
        _("Replaced by the send hour; kept for other applications."),
    ),
)
