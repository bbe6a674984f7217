"""Task settings: rates and rounding of time."""

from django.utils.translation import gettext_lazy as _

from .setting import flag, number, whole

TITLE = _("Task settings")

SETTINGS = (
    number(
        "default_task_rate",
        _("Default task rate"),
        _("Per hour; used when neither the task nor its project has a rate."),
    ),
    flag(
        "allow_billable_task_items",
        True,
        _("Billable time entries"),
        _("Each time entry can be marked as not billable."),
    ),
    flag(
        "show_task_item_description",
        False,
        _("Describe time entries"),
        _("Time entries have a description, printed on the invoice."),
    ),
    flag("task_round_up", True, _("Round time up"), _("Otherwise time is rounded down.")),
    whole("task_round_to_nearest", 1, _("Round time to"), _("In seconds; 1 for no rounding.")),
)
