"""The $variables that people write into designs, notes, terms and mails. Pure: text in, text out."""

from comptoir.delivery.placeholders.substitution import substitute

__all__ = ["substitute"]
