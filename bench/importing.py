"""Rows a second of an import of clients, empty and among 100,000; of invoices in and out again:
`python -m bench.importing`.

It runs in this process on a temporary folder (or on DATABASE_URL, which must be empty): the importer as
the worker calls it, from the upload to the last line of the report.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from typing import Any

from bench.dataset import AT_ONCE, TODAY, client
from bench.house import PASSWORD

ROWS = 5_000
INVOICES = 1_000
LEAST = 1_500
"""Rows a second of CPU, which other programs do not slow; Invoice Ninja 5.10 makes 12 to 14 by the clock."""


def file(first: int, count: int) -> bytes:
    """A French spreadsheet's CSV: every row a client with one contact, and what is looked up by name."""
    head = "Nom;Adresse;Code postal;Ville;Pays;Devise;N° TVA;Identifiant;Prénom;Nom de famille;Courriel"
    lines = [
        f"Société {n};{n % 90} rue du Banc;75{n % 1000:03};Paris;France;Euro;"
        f"FR{n:011};X{n};Ada;Martin;a{n}@example.org"
        for n in range(first, first + count)
    ]
    return "\n".join([head, *lines]).encode("cp1252")


def invoices(count: int) -> bytes:
    """Invoices of two lines for the clients of ``file``, every third of them paid."""
    head = "Facture;Client;Date;Statut;Produit;Désignation;Quantité;Prix unitaire;Taux de TVA"
    lines = [
        f"Z-{n:05};Société {1_000_000 + n};01/03/2026;{'Envoyée' if n % 3 else 'Payée'};P{part};"
        f"Prestation {part};{part};{n % 97 + 1},50;20"
        for n in range(count)
        for part in (1, 2)
    ]
    return "\n".join([head, *lines]).encode("cp1252")


def measured(content: bytes, kind: str, made: int, by: Any) -> tuple[float, float]:
    """Seconds on the clock and of CPU for one file, all its records made."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from comptoir.insight.imports.operations import start_import, upload_import
    from comptoir.insight.imports.running import run_import

    clock, used = time.perf_counter(), time.process_time()
    run = upload_import(kind, SimpleUploadedFile("bench.csv", content), by=by, on=TODAY)
    run = run_import(start_import(run, {}, by=by, on=TODAY))
    took = time.perf_counter() - clock, time.process_time() - used
    if run.made != made:
        raise SystemExit(f"Only {run.made} of {made} records were made: {run.counts()}")
    return took


def written(kind: str, by: Any) -> tuple[float, float]:
    """The same for every line of every invoice, with all columns, out again."""
    from comptoir.insight.exports.making import make_export
    from comptoir.insight.exports.operations import ask_export
    from comptoir.insight.exports.sheets import SHEETS
    from comptoir.sales.invoices.models import Invoice

    clock, used = time.perf_counter(), time.process_time()
    sheet, keys = SHEETS["invoice_items"], list(Invoice.objects.values_list("pk", flat=True))
    export = ask_export(sheet, keys, sheet.columns(), by=by, on=TODAY, type_=kind)
    make_export(export)
    return time.perf_counter() - clock, time.process_time() - used


def fill(count: int, by: Any) -> None:
    """So many clients, as the other measurements have them."""
    import random

    from comptoir.clients.operations import create_clients

    dice = random.Random(1)
    for start in range(0, count, AT_ONCE):
        create_clients([client(n, dice) for n in range(start, min(start + AT_ONCE, count))], by=by, on=TODAY)


def main() -> int:
    """1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=100_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMPTOIR_DATA"] = folder
        from comptoir.config.cli import load_django

        load_django()
        return _measured(wanted.clients)


def _measured(clients: int) -> int:
    from django.core.management import call_command

    from comptoir.people.founding import found_account
    from comptoir.tenancy.scope import acting_for

    call_command("migrate", verbosity=0)
    person = {"email": "b@example.com", "password": PASSWORD, "first_name": "Ben", "last_name": "Ch"}
    owner = found_account(person, {"name": "Bench", "country_id": "250", "currency_id": "3"}, on=TODAY)
    slow = False
    with acting_for(owner.company):
        by = owner.actor()
        for first, among in ((1_000_000, 0), (2_000_000, clients)):
            fill(among, by)
            files = (file(first + n * ROWS, ROWS) for n in range(2))
            clock, cpu = min(measured(each, "client", ROWS, by) for each in files)
            slow = slow or ROWS / cpu < LEAST
            rates = f"{ROWS / clock:.0f} rows/s by the clock, {ROWS / cpu:.0f} by CPU (>= {LEAST})"
            print(f"{ROWS} rows among {among or 'no'} clients: {clock:.2f} s; {rates}", flush=True)
        told = "{what} of {n} invoices of two lines: {clock:.2f} s by the clock, {cpu:.2f} by CPU"
        clock, cpu = measured(invoices(INVOICES), "invoice", INVOICES, by)
        print(told.format(what="Import", n=INVOICES, clock=clock, cpu=cpu), flush=True)
        for kind in ("csv", "xlsx"):
            clock, cpu = written(kind, by)
            print(told.format(what=f"Export ({kind})", n=INVOICES, clock=clock, cpu=cpu), flush=True)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
