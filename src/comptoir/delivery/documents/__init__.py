"""Billing documents on their way to people: printed, mailed, viewed.

- ``facts_of(document, contact=None) -> DocumentFacts``: what a document says, snapshot first.
- ``pdf_of(document) -> bytes``: its PDF, with a line in the system log whether it worked or not.
- ``file_name(document) -> str``: what the PDF is called.
- ``email_document(document, *, by, on, ...)``: sends it to everybody invited.
- ``mail_zip(documents, *, by, on)``: mails a ZIP of several to the person who asked.
- ``record_view(invitation, *, by)``: the first look of a contact.
- ``save_default_terms``, ``save_default_footer``: this document's words become the company's.
"""

from .defaults import save_default_footer, save_default_terms
from .facts import facts_of
from .printing import file_name, pdf_of
from .sending import email_document, mail_zip
from .viewing import record_view

__all__ = [
    "email_document",
    "facts_of",
    "file_name",
    "mail_zip",
    "pdf_of",
    "record_view",
    "save_default_footer",
    "save_default_terms",
]
