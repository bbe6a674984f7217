"""How a fact looks in a timeline: by the last word of its name."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_LOOKS: Final = {
    "EmailFailed": ("mail-x", "error"),
    "ReminderEmailed": ("send", "warning"),
    "Reminded": ("bell", "warning"),
    "Unsent": ("mail-x", "error"),
    "FeeCharged": ("coins", "warning"),
    "Emailed": ("send", "info"),
    "Started": ("player-play", "success"),
    "Stopped": ("player-pause", ""),
    "Generated": ("refresh", "success"),
    "Created": ("plus", "primary"),
    "Registered": ("user-plus", "primary"),
    "Updated": ("pencil", ""),
    "Changed": ("pencil", ""),
    "Sent": ("circle-check", "info"),
    "Viewed": ("eye", "info"),
    "LookedInto": ("eye", ""),
    "Paid": ("cash", "success"),
    "Recorded": ("cash", "success"),
    "Applied": ("cash", "success"),
    "Shrunk": ("cash", "warning"),
    "Refunded": ("credit-card-refund", "warning"),
    "Cancelled": ("ban", "warning"),
    "Archived": ("archive", ""),
    "Deleted": ("trash", "error"),
    "Restored": ("archive-off", ""),
    "Reopened": ("archive-off", ""),
    "Commented": ("message-2", "primary"),
    "Attached": ("paperclip", ""),
    "Signed": ("signature", "success"),
    "TermsAccepted": ("checks", ""),
    "ReturnedByGateway": ("credit-card-refund", "warning"),
    "ReturnSeen": ("credit-card-refund", ""),
    "ReturnOdd": ("alert-triangle", "error"),
    "RefundUndone": ("alert-triangle", "warning"),
    "RefundFailed": ("alert-triangle", "error"),
    "Disputed": ("alert-triangle", "warning"),
    "DisputeWon": ("checks", "success"),
    "DisputeLost": ("x", "error"),
    "AutoBillTurnedOn": ("refresh", "success"),
    "AutoBillTurnedOff": ("player-pause", ""),
    "Approved": ("checks", "success"),
    "Rejected": ("x", "error"),
    "Converted": ("file-invoice", "success"),
    "Merged": ("git-merge", ""),
    "Tagged": ("tag", ""),
    "Absorbed": ("git-merge", ""),
    "SignedIn": ("login-2", ""),
    "Revoked": ("link-off", "warning"),
    "Chosen": ("lock", ""),
    "CancellationAsked": ("ban", "warning"),
}
_ELSE: Final = ("point", "")


@lru_cache(maxsize=512)
def icon_of(fact: str) -> tuple[str, str]:
    """The icon and the tone of a fact."""
    return next((look for end, look in _LOOKS.items() if fact.endswith(end)), _ELSE)
