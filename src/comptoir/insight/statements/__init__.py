"""Statements of a client's account.

- ``Wish(start, end, ...)``: the days and the tables that somebody asks for.
- ``statement_of(client, wish, on=today) -> Statement``: its figures, out of the books.
- ``pdf_of(client, wish, on=today) -> bytes``: printed in the client's language and currency.
- ``file_name(client, wish) -> str``: what the PDF is called.
- ``email_statement(client, wish, *, by, on, occurrence)``: sends it to everybody who receives documents.
"""

from .books import statement_of
from .figures import Statement, Wish
from .printing import file_name, pdf_of
from .sending import email_statement

__all__ = ["Statement", "Wish", "email_statement", "file_name", "pdf_of", "statement_of"]
