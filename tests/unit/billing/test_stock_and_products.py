"""What saving documents does to the catalogue: stock falls and comes back, products are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comptoir.activity import worker
from comptoir.activity.models import Activity
from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes import operations as quotes
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)


class Shop:
    def __init__(self) -> None:
        self.company: Company = factories.account_with_company()
        person = factories.user(self.company, is_owner=True)
        self.by: dict[str, Any] = {"by": factories.actor(person), "on": ON}

    def switch(self, **switches: Any) -> None:
        self.company.switches = {**self.company.switches, **switches}
        self.company.save()

    def client(self, **fields: Any) -> Client:
        return create_client({"name": "Bistro", **fields}, **self.by)

    def product(self, key: str = "Chair", stock: int = 10, **fields: Any) -> Product:
        return create_product({"product_key": key, "in_stock_quantity": stock, **fields}, **self.by)

    def invoice(self, client: Client, *lines: tuple[str, str], **more: Any) -> Invoice:
        return invoices.create_invoice({"client": client, "line_items": items(*lines), **more}, **self.by)


def items(*lines: tuple[str, str], **more: Any) -> list[dict[str, Any]]:
    return [{"product_key": key, "quantity": Decimal(n), "cost": Decimal(50), **more} for key, n in lines]


@pytest.fixture
def shop(db: None) -> Iterator[Shop]:
    shop = Shop()
    with acting_for(shop.company):
        yield shop


def left(product: Product) -> int:
    product.refresh_from_db()
    return product.in_stock_quantity


def test_stock_falls_with_a_saved_invoice_follows_its_changes_and_comes_back(shop: Shop) -> None:
    shop.switch(track_inventory=True)
    chair, table, client = shop.product(), shop.product("Table", 4), shop.client()
    invoice = shop.invoice(client, ("Chair", "3"), ("Chair", "1.5"), ("Table", "1"))
    assert (left(chair), left(table)) == (6, 3)  # four whole chairs
    invoices.update_invoice(invoice, {"line_items": items(("Chair", "2"))}, **shop.by)
    assert (left(chair), left(table)) == (8, 4)
    invoices.update_invoice(invoice, {"po_number": "7"}, **shop.by)
    assert left(chair) == 8
    invoices.delete_invoice(invoice, **shop.by)
    assert left(chair) == 10
    invoices.restore_invoice(invoice, **shop.by)
    assert left(chair) == 8
    invoices.archive_invoice(invoice, **shop.by)
    invoices.restore_invoice(invoice, **shop.by)
    assert left(chair) == 8


def test_stock_stays_where_nobody_counts_and_for_services_and_quotes(shop: Shop) -> None:
    chair, client = shop.product(), shop.client()
    shop.invoice(client, ("Chair", "3"))
    assert left(chair) == 10
    shop.switch(track_inventory=True)
    quotes.create_quote({"client": client, "line_items": items(("Chair", "3"))}, **shop.by)
    service = items(("Chair", "3"), type_id="2")
    invoices.create_invoice({"client": client, "line_items": service}, **shop.by)
    assert left(chair) == 10


def test_a_product_that_falls_to_its_threshold_tells_so_once(shop: Shop) -> None:
    shop.switch(track_inventory=True)
    client = shop.client()
    shop.product(stock_notification_threshold=7)
    silent = shop.product("Table", stock_notification=False, stock_notification_threshold=9)
    for _ in range(3):
        shop.invoice(client, ("Chair", "2"), ("Table", "2"))
    told = Activity.objects.filter(fact="ProductRanLow")
    assert [(one.subject_id == silent.pk, one.notes) for one in told] == [(False, "6")]


def work_off() -> None:
    while worker.run_once() is not None:
        pass


def test_saving_an_invoice_makes_and_updates_its_products(shop: Shop) -> None:
    shop.switch(update_products=True)
    chair, client = shop.product(price=Decimal(40), notes="Old", cost=Decimal(9)), shop.client()
    lines = items(("Chair", "3"), ("Lamp", "1"), notes="New", tax_name1="VAT", tax_rate1=Decimal(20))
    invoices.create_invoice({"client": client, "line_items": lines}, **shop.by)
    work_off()
    chair.refresh_from_db()
    assert (chair.price, chair.cost, chair.notes, chair.tax_name1, chair.tax_rate1) == (
        50,
        9,
        "New",
        "VAT",
        20,
    )
    lamp = Product.objects.get(product_key="Lamp")
    assert (lamp.price, lamp.quantity, lamp.notes) == (50, 1, "New")
    before = Activity.objects.count()
    invoices.create_invoice({"client": client, "line_items": lines}, **shop.by)
    work_off()
    assert Activity.objects.count() == before + 1  # nothing to change


@pytest.mark.parametrize("case", ["off", "other currency", "service", "no key"])
def test_products_stay_as_they_are(shop: Shop, case: str) -> None:
    shop.switch(update_products=case != "off")
    client = shop.client(settings={"currency_id": "3"} if case == "other currency" else {})
    more = {"type_id": "2"} if case == "service" else {}
    key = "" if case == "no key" else "Lamp"
    invoices.create_invoice({"client": client, "line_items": items((key, "1"), **more)}, **shop.by)
    work_off()
    assert Product.objects.count() == 0
