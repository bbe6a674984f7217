"""What can happen in the catalogue (webhook events: contract rules 19; these have no activity code)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact


class ProductCreated(Fact):
    event = 50
    phrase = _("{user} created product {product}")


class ProductUpdated(Fact):
    event = 51
    phrase = _("{user} updated product {product}")


class ProductDeleted(Fact):
    event = 52
    phrase = _("{user} deleted product {product}")


class ProductRestored(Fact):
    event = 53
    phrase = _("{user} restored product {product}")


class ProductArchived(Fact):
    event = 54
    phrase = _("{user} archived product {product}")


class ProductRanLow(Fact):
    """Its stock fell to the threshold; ``notes`` is what is left."""

    phrase = _("Product {product} is running low")


class TaxRateCreated(Fact):
    phrase = _("{user} created tax rate {taxrate}")


class TaxRateUpdated(Fact):
    phrase = _("{user} updated tax rate {taxrate}")


class TaxRateArchived(Fact):
    phrase = _("{user} archived tax rate {taxrate}")


class TaxRateDeleted(Fact):
    phrase = _("{user} deleted tax rate {taxrate}")


class TaxRateRestored(Fact):
    phrase = _("{user} restored tax rate {taxrate}")


class PaymentTermCreated(Fact):
    phrase = _("{user} created payment term {paymentterm}")


class PaymentTermUpdated(Fact):
    phrase = _("{user} updated payment term {paymentterm}")


class PaymentTermArchived(Fact):
    phrase = _("{user} archived payment term {paymentterm}")


class PaymentTermDeleted(Fact):
    phrase = _("{user} deleted payment term {paymentterm}")


class PaymentTermRestored(Fact):
    phrase = _("{user} restored payment term {paymentterm}")
