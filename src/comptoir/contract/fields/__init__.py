"""The forms that a key of the wire can have: one class for each quirk of the public contract."""

from comptoir.contract.fields.base import Field
from comptoir.contract.fields.derived import Derived
from comptoir.contract.fields.flags import Deleted, Flag
from comptoir.contract.fields.keys import Key
from comptoir.contract.fields.nested import Nested
from comptoir.contract.fields.numbers import Amount, Rate, Whole
from comptoir.contract.fields.objects import Json, Settings
from comptoir.contract.fields.texts import Code, Constant, Email, Masked, Secret, Text
from comptoir.contract.fields.times import Day, DayTime, Moment

__all__ = [
    "Amount",
    "Code",
    "Constant",
    "Day",
    "DayTime",
    "Deleted",
    "Derived",
    "Email",
    "Field",
    "Flag",
    "Json",
    "Key",
    "Masked",
    "Moment",
    "Nested",
    "Rate",
    "Secret",
    "Settings",
    "Text",
    "Whole",
]
