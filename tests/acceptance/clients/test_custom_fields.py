"""Rows S111 to S117: fields of the company's own making, and their placeholders in two languages."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids

from .conftest import FRENCH_ID, House, edit_url, faults, form_of, person, text

TYPED = {
    "client1": "Colour",
    "client2": "Story|multi_line_text",
    "client3": "Member|switch",
    "client4": "Since|date",
    "contact1": "Shoe size",
    "contact2": "Branch|Paris,Lyon",
    "contact3": "Chief|switch",
    "contact4": "Born|date",
}
OF_CLIENT = {
    "custom_value1": "Red",
    "custom_value2": "One\nTwo",
    "custom_value3": "yes",
    "custom_value4": "2026-03-02",
}
OF_ANN = {
    "custom_value1": "39",
    "custom_value2": "Lyon",
    "custom_value3": "no",
    "custom_value4": "1980-03-07",
}
ANN = {"first_name": "Ann", "email": "ann@a.example", **OF_ANN}
BOB = {"first_name": "Bob", "email": "bob@a.example", "custom_value1": "44", "custom_value3": "yes"}
ENGLISH = ("Red", "One Two", "Yes", "Mar 2, 2026", "39", "Lyon", "No", "Mar 7, 1980")
FRENCH = ("Red", "One Two", "Oui", "2 mars 2026", "39", "Lyon", "Non", "7 mars 1980")


def named(house: House, **fields: str) -> None:
    house.company_put(custom_fields=fields or TYPED)


def full(house: House, **fields: Any) -> Client:
    return house.client(name="A", contacts=[ANN, BOB], **OF_CLIENT, **fields)


def details(house: House, client: Client) -> str:
    return text(house.office.get(edit_url(client).replace("edit", "tab/details")))


def test_s111_a_named_field_is_everywhere_and_an_unnamed_one_nowhere(house: House) -> None:
    named(house, client1="Colour")
    house.company_put(
        client_can_register=True,
        client_registration_fields=[
            {"key": f"custom_value{n}", "visible": True, "required": False} for n in (1, 2)
        ],
    )
    client = house.client(name="A", custom_value1="Red", custom_value2="Hidden")
    form = house.office.get(edit_url(client)).content.decode()
    assert ('name="custom_value1"' in form, 'name="custom_value2"' in form) == (True, False)
    assert "Colour Red" in details(house, client)
    assert "Hidden" not in details(house, client)
    columns = {one.key: str(one.label) for one in house.office.get("/clients").context["list"].columns}
    assert columns.get("custom_value1") == "Colour"
    assert "custom_value2" not in columns
    door = Browser().get(f"/client/register/{house.company.company_key}").content.decode()
    assert ('name="custom_value1"' in door, 'name="custom_value2"' in door) == (True, False)
    assert house.shown(client)["custom_value1"] == "Red"
    assert [row["id"] for row in house.api("GET", "clients?filter=red")] == [ids.encode(client.pk)]


@pytest.mark.parametrize(
    ("key", "wanted", "found"),
    [
        ("custom_value3", "yes", ["Ann", "Cy"]),
        ("custom_value3", "no", ["Bob"]),
        ("custom_value4", "Lyon", ["Ann"]),
    ],
)
def test_s111_lists_are_narrowed_by_switches_and_lists(
    house: House, key: str, wanted: str, found: list[str]
) -> None:
    named(house, client3="Member|switch", client4="Branch|Paris,Lyon")
    house.client(name="Ann", custom_value3="yes", custom_value4="Lyon")
    house.client(name="Bob", custom_value3="no", custom_value4="Paris")
    house.client(name="Cy", custom_value3="1")
    house.client(name="Dee")
    page = text(house.office.get(f"/clients?{key}={wanted}"))
    assert [name for name in ("Ann", "Bob", "Cy", "Dee") if f" {name} " in page] == found


def test_s112_s113_four_of_a_client_and_four_of_each_contact(house: House) -> None:
    named(house)
    client = full(house)
    shown = house.shown(client)
    assert {name: shown[name] for name in OF_CLIENT} == OF_CLIENT
    assert {name: shown["contacts"][0][name] for name in OF_ANN} == OF_ANN
    page = details(house, client)
    for label, value in (("Colour", "Red"), ("Member", "Yes"), ("Since", "Mar 2, 2026")):
        assert f"{label} {value}" in page
    for said in (
        "Shoe size: 39",
        "Branch: Lyon",
        "Chief: No",
        "Born: Mar 7, 1980",
        "Shoe size: 44",
        "Chief: Yes",
    ):
        assert said in page


def test_s114_fields_are_made_in_the_settings(house: House) -> None:
    typed = {
        "client1.label": "Colour", "client1.kind": "single_line_text",
        "client2.label": "Story", "client2.kind": "multi_line_text",
        "client3.label": "Member", "client3.kind": "switch",
        "client4.label": "Branch", "client4.kind": "dropdown", "client4.options": "Paris, Lyon",
        "contact1.label": "Born", "contact1.kind": "date",
    }  # fmt: skip
    assert house.office.post("/settings/fields", typed).status_code == 302
    assert house.company.custom_fields == {
        "client1": "Colour",
        "client2": "Story|multi_line_text",
        "client3": "Member|switch",
        "client4": "Branch|Paris,Lyon",
        "contact1": "Born|date",
    }
    form = house.office.get("/clients/new").content.decode()
    for tag in (
        '<textarea name="custom_value2"', '<select name="custom_value3"', '<select name="custom_value4"',
        'name="contacts.0.custom_value1"',
    ):  # fmt: skip
        assert tag.split('name="')[1] in form, tag
    page = text(house.office.get("/settings/fields"))
    for tab in ("Clients", "Contacts", "Company", "Invoices", "Products", "Payments", "Users"):
        assert tab in page


def test_s114_a_changed_type_keeps_values_and_a_removed_label_hides_them(house: House) -> None:
    named(house, client1="Colour")
    client = house.client(name="A", custom_value1="Red")
    named(house, client1="Colour|switch")
    assert "Colour Red" in details(house, client)
    house.office.post("/settings/fields", {"client1.label": "", "client1.kind": "single_line_text"})
    assert "Red" not in details(house, client)
    assert house.office.post(edit_url(client), form_of(house, client)).status_code == 302
    assert house.shown(client)["custom_value1"] == "Red"
    named(house, client1="Colour")
    assert "Colour Red" in details(house, client)


def test_s114_a_list_without_options_is_refused(house: House) -> None:
    sent = {"client1.label": "Branch", "client1.kind": "dropdown", "client1.options": " , "}
    answer = house.office.post("/settings/fields", sent)
    assert faults(answer) == {"client1.options": ["Write what may be chosen, separated by commas."]}
    assert house.company.custom_fields == {}


def all_of(owner: str, spelling: str) -> str:
    return ", ".join(f"${owner}.{spelling}{n}" for n in (1, 2, 3, 4))


@pytest.mark.parametrize("field", ["public_notes", "terms", "footer"])
@pytest.mark.parametrize(("language", "read"), [("1", ENGLISH), (FRENCH_ID, FRENCH)])
def test_s115_typed_values_are_printed_as_the_reader_writes_them(
    house: House, field: str, language: str, read: tuple[str, ...]
) -> None:
    named(house)
    client = full(house, settings={"language_id": language, "currency_id": "3"})
    words = f"{all_of('client', 'custom')}, {all_of('contact', 'custom')}."
    assert f"{', '.join(read)}." in house.pdf(house.invoice(client, **{field: words}))


def test_s115_labels_and_the_design_name_them_too(house: House) -> None:
    named(house)
    client = full(house)
    house.wishes(pdf_variables={"client_details": ["$client.name", "$client.custom3", "$contact.custom3"]})
    printed = house.pdf(house.invoice(client, terms="$client.custom1_label/$contact.custom4_label."))
    assert "Colour/Born." in printed
    assert "A Member Yes Chief No" in printed


SPELLINGS = [
    *(unicodedata.normalize(form, "personnalisé") for form in ("NFC", "NFD")),
    "personnalise",
    "custom",
    "custom_value",
]


@pytest.mark.parametrize("spelling", SPELLINGS, ids=["composed", "decomposed", "plain", "english", "column"])
def test_s116_s117_french_names_say_the_same_on_documents(house: House, spelling: str) -> None:
    named(house)
    client = full(house)
    words = f"{all_of('client', spelling)}, {all_of('contact', spelling)}."
    assert f"{', '.join(ENGLISH)}." in house.pdf(house.invoice(client, terms=words))


@pytest.mark.parametrize("spelling", SPELLINGS, ids=["composed", "decomposed", "plain", "english", "column"])
def test_s116_s117_and_in_mails_each_for_its_reader(house: House, spelling: str) -> None:
    named(house)
    house.wishes(
        email_subject_invoice=f"$client.{spelling}1 for $contact.{spelling}1",
        email_template_invoice=f"<p>$client.{spelling}3, $contact.{spelling}3, $contact.{spelling}1.</p>",
    )
    invoice = house.invoice(full(house))
    house.api("POST", "invoices/bulk", {"ids": [invoice["id"]], "action": "email"})
    mails = {row.recipient: (row.subject, "Yes, No, 39." in row.text, "Yes, Yes, 44." in row.text)
             for row in MailDelivery.objects.all()}  # fmt: skip
    assert mails == {
        "ann@a.example": ("Red for 39", True, False),
        "bob@a.example": ("Red for 44", False, True),
    }


def test_s116_the_short_form(house: House) -> None:
    named(house)
    words = "$client1, $client3, $contact1, $contact4."
    assert "Red, Yes, 39, Mar 7, 1980." in house.pdf(house.invoice(full(house), terms=words))


def test_s117_receipts_know_the_contact_that_they_are_for(house: House) -> None:
    named(house)
    house.wishes(email_template_payment="$client.personnalisé1 / $contact.personnalisé1 / $payment.method.")
    client = full(house)
    body = {"client_id": ids.encode(client.pk), "amount": 40, "type_id": "1"}
    house.api("POST", "payments?email_receipt=true", body)
    said = {row.recipient: row.text for row in MailDelivery.objects.filter(kind="payment")}
    assert said.keys() == {"ann@a.example", "bob@a.example"}
    assert "Red / 39 / Bank Transfer." in said["ann@a.example"]
    assert "Red / 44 / Bank Transfer." in said["bob@a.example"]
    assert person("bob@a.example").custom_value1 == "44"


def test_registration_asks_for_typed_fields(house: House) -> None:
    named(house, client1="Branch|Paris,Lyon", client2="Member|switch", client3="Since|date")
    house.company_put(
        client_can_register=True,
        client_registration_fields=[
            {"key": f"custom_value{n}", "visible": True, "required": n == 1} for n in (1, 2, 3)
        ],
    )
    stranger = {
        "first_name": "Zoe", "last_name": "Q", "email": "zoe@q.example", "password": "Verger2026",
        "password_again": "Verger2026", "custom_value2": "yes", "custom_value3": "2026-03-02",
    }  # fmt: skip
    door = f"/client/register/{house.company.company_key}"
    page = Browser().get(door).content.decode()
    assert '<option value="Lyon">Lyon</option>' in page.replace(" selected", "")
    wrong = Browser().post(door, stranger | {"custom_value1": "Rome"})
    assert faults(wrong) == {"custom_value1": ["Choose one of the list."]}
    assert Client.objects.count() == 0
    Browser().post(door, stranger | {"custom_value1": "Lyon"})
    made = Client.objects.get()
    assert (made.custom_value1, made.custom_value2, made.custom_value3) == ("Lyon", "yes", "2026-03-02")


def test_s114_products_payments_and_users_have_theirs(house: House) -> None:
    named(house, product1="Shelf", product2="Fragile|switch", payment1="Bank", user1="Desk|Paris,Lyon")
    own = {"custom_value1": "A-7", "custom_value2": "yes"}
    house.office.post("/products/new", {"product_key": "Vase", "price": "10", **own})
    (product,) = house.api("GET", "products")
    assert {name: product[name] for name in own} == own
    page = house.office.get(f"/products/{product['id']}/edit").content.decode()
    assert 'value="A-7"' in page
    assert "Vase" in text(house.office.get("/products?custom_value2=yes"))
    assert "Vase" not in text(house.office.get("/products?custom_value2=no")).partition("Product")[2]
    client = house.client(name="A")
    paid = {"client_id": ids.encode(client.pk), "amount": "5", "date": "2026-03-02", "custom_value1": "Giro"}
    answer = house.office.post("/payments/new", paid, follow=True)
    assert "Bank Giro" in text(answer)
    (payment,) = house.api("GET", "payments")
    assert payment["custom_value1"] == "Giro"
    edit = f"/payments/{payment['id']}/edit"
    house.office.post(edit, {"date": "2026-03-02", "custom_value1": "Post"})
    assert house.api("GET", f"payments/{payment['id']}")["custom_value1"] == "Post"
    person = {"first_name": "Carol", "last_name": "P", "email": "carol@example.com", "role": "chosen"}
    house.office.post("/settings/users/new", {**person, "custom_value1": "Lyon"})
    (carol,) = (one for one in house.api("GET", "users") if one["first_name"] == "Carol")
    assert carol["custom_value1"] == "Lyon"


def test_s114_lines_have_the_fields_of_products_and_take_them_from_there(house: House) -> None:
    named(house, product1="Shelf", product2="Fragile|switch")
    house.api(
        "POST",
        "products",
        {"product_key": "Vase", "price": 10, "custom_value1": "A-7", "custom_value2": "yes"},
    )
    client = house.client(name="A")
    page = house.office.get(f"/invoices/new?client={ids.encode(client.pk)}").content.decode()
    assert 'data-key="custom_value1" aria-label="Shelf"' in page
    assert '<select class="select" id="id-line_items-0-custom_value2"' in page
    (offered,) = house.office.get("/products/suggest?q=vase").json()
    assert (offered["fill"]["custom_value1"], offered["fill"]["custom_value2"]) == ("A-7", "yes")
    sent = {
        "client_id": ids.encode(client.pk), "date": "2026-03-02", "is_amount_discount": "percent",
        "line_items.0.product_key": "Vase", "line_items.0.cost": "10", "line_items.0.quantity": "1",
        "line_items.0.custom_value1": "B-8",
    }  # fmt: skip
    assert house.office.post("/invoices/new", sent).status_code == 302
    (invoice,) = house.api("GET", "invoices")
    assert invoice["line_items"][0]["custom_value1"] == "B-8"
