"""Products by the same road: numbers as they are written here, known ones by their name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.activity.models import Activity
from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.operations import start_import, upload_import
from comptoir.insight.imports.running import run_import
from comptoir.kernel.refused import Refused

from .conftest import ON, Desk, counts, report


def run(desk: Desk, text: str, *, rehearsal: bool = False, **choices: object) -> Import:
    file = SimpleUploadedFile("products.csv", text.encode())
    uploaded = upload_import("product", file, by=desk.paul, on=ON)
    return run_import(start_import(uploaded, choices, by=desk.paul, on=ON, rehearsal=rehearsal))


def test_rows_become_products(desk: Desk) -> None:
    done = run(
        desk,
        "Référence;Désignation;Prix HT;Prix d’achat;Taxe;Taux de TVA;Stock;Tax category\n"
        "Lampe;Lampe de bureau;1 234,50;900;TVA;20 %;12;Services\n"
        "Ampoule;;2,5;;;;;\n",
    )
    assert report(done) == [(2, "made", []), (3, "made", [])]
    lamp = Product.objects.get(product_key="Lampe")
    assert (lamp.notes, lamp.price, lamp.cost) == ("Lampe de bureau", Decimal("1234.5"), Decimal(900))
    assert (lamp.tax_name1, lamp.tax_rate1, lamp.in_stock_quantity, lamp.tax_id) == (
        "TVA",
        Decimal(20),
        12,
        "2",
    )
    bulb = Product.objects.get(product_key="Ampoule")
    assert (bulb.price, bulb.quantity, bulb.tax_id) == (Decimal("2.5"), Decimal(1), "1")
    assert Activity.objects.filter(fact="ProductCreated").count() == 2


def test_faulty_rows_are_refused_and_the_others_are_made(desk: Desk) -> None:
    done = run(
        desk,
        "Produit;Prix;Taux de TVA;Stock\nA;x;;\nB;;2000;\nC;;;1,5\nD;1;;\nd;2;;\n;3;;\n"
        + "E" * 191
        + ";1;;\n",
    )
    assert report(done) == [
        (2, "refused", [["product.price", "“x” is not a number."]]),
        (3, "refused", [["product.tax_rate1", "A rate is between -100 and 1000 percent."]]),
        (4, "refused", [["product.in_stock_quantity", "“1,5” is not a whole number."]]),
        (5, "made", []),
        (6, "refused", [["product.product_key", "An earlier row has this product."]]),
        (7, "refused", [["product.product_key", "This row names no product."]]),
        (8, "refused", [["product.product_key", "At most 190 characters."]]),
    ]
    assert [product.product_key for product in Product.objects.all()] == ["D"]


@pytest.mark.parametrize(
    ("duplicates", "outcome", "price"), [("skip", "skipped", 1), ("update", "updated", 9)]
)
def test_known_products_are_left_out_or_updated(
    desk: Desk, duplicates: str, outcome: str, price: int
) -> None:
    known = create_product(
        {"product_key": "Lampe", "price": Decimal(1), "notes": "kept"}, by=desk.paul, on=ON
    )
    done = run(desk, "Produit;Prix;Description\nLAMPE;9;\n", duplicates=duplicates)
    assert counts(done) == {outcome: 1}
    known.refresh_from_db()
    assert (known.price, known.notes, Product.objects.count()) == (Decimal(price), "kept", 1)


def test_a_rehearsal_makes_none(desk: Desk) -> None:
    assert counts(run(desk, "Produit;Prix\nA;1\n", rehearsal=True)) == {"made": 1}
    assert Product.objects.count() == 0


def test_the_name_is_wanted(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        run(desk, "Produit;Prix\nA;1\n", mapping={"1": "product.price"})
    assert refused.value.errors == {"mapping": ["Say which column names the product."]}
