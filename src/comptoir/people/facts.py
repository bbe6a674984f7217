from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact


@dataclass(frozen=True)
class CompanyFounded(Fact):
    """A company was opened. What it starts with (terms, statuses …) is seeded during this fact."""

    phrase = _("{user} founded the company {subject}")


@dataclass(frozen=True)
class CompanyChosen(Fact):
    """It opens first when people of the account sign in."""

    phrase = _("{user} made {subject} the company that opens first")


@dataclass(frozen=True)
class CompanyClosed(Fact):
    """Nobody enters it any more; its records stay."""

    phrase = _("{user} closed the company {subject}")


@dataclass(frozen=True)
class CompanyEmptied(Fact):
    """Every record of it was erased for good."""

    phrase = _("{user} erased all records of the company {subject}")


@dataclass(frozen=True)
class UserCreated(Fact):
    """Somebody joined the company; an invitation mail follows unless they have a password already."""

    code = 48
    phrase = _("{user} created user {subject}")


@dataclass(frozen=True)
class UserInvited(Fact):
    """The invitation mail is asked for again."""

    code = 49
    phrase = _("{user} invited user {subject}")


@dataclass(frozen=True)
class UserUpdated(Fact):
    """Details, rights or preferences of a user changed."""

    code = 49
    phrase = _("{user} updated user {subject}")


@dataclass(frozen=True)
class PasswordChanged(Fact):
    code = 49
    phrase = _("{user} changed the password of user {subject}")


@dataclass(frozen=True)
class SecondFactorChanged(Fact):
    """Two-factor sign-in was switched; ``notes`` says "on" or "off"."""

    code = 49
    phrase = _("{user} switched two-factor sign-in of user {subject}")


@dataclass(frozen=True)
class PasskeyAdded(Fact):
    """``notes`` is what its owner calls it."""

    code = 49
    phrase = _("{user} added a passkey of user {subject}: {notes}")


@dataclass(frozen=True)
class PasskeyRemoved(Fact):
    code = 49
    phrase = _("{user} removed a passkey of user {subject}: {notes}")


@dataclass(frozen=True)
class UserArchived(Fact):
    code = 50
    phrase = _("{user} archived user {subject}")


@dataclass(frozen=True)
class UserDeleted(Fact):
    """A user left the company; their tokens are revoked."""

    code = 51
    phrase = _("{user} deleted user {subject}")


@dataclass(frozen=True)
class UserRestored(Fact):
    code = 52
    phrase = _("{user} restored user {subject}")


@dataclass(frozen=True)
class TokenCreated(Fact):
    phrase = _("{user} created the API token {subject}")


@dataclass(frozen=True)
class TokenRenamed(Fact):
    phrase = _("{user} renamed the API token {subject}")


@dataclass(frozen=True)
class TokenShown(Fact):
    """The whole key was shown; ``notes`` names whose it is (decision T29)."""

    phrase = _("{user} looked at the API token {subject}")


@dataclass(frozen=True)
class TokenRevoked(Fact):
    phrase = _("{user} revoked the API token {subject}")


@dataclass(frozen=True)
class TokenRestored(Fact):
    phrase = _("{user} restored the API token {subject}")
