"""Row S118: the help leads on to credits, and credits are there."""

from __future__ import annotations

from comptoir.kernel import ids

from .conftest import House, text


def test_s118_the_help_leads_to_the_next_page_and_back(house: House) -> None:
    page = house.office.get("/help/clients").content.decode()
    assert 'href="/help/credits"' in page
    assert 'rel="next"' in page
    following = house.office.get("/help/credits").content.decode()
    assert 'rel="prev"' in following
    assert 'href="/help/clients"' in following
    house.speaks_french()
    assert "Avoirs" in text(house.office.get("/help/clients"))


def test_s118_credits_are_a_module_that_the_client_leads_to(house: House) -> None:
    client = house.client(name="A")
    line = {"product_key": "Day", "cost": 30, "quantity": 1}
    body = {"client_id": ids.encode(client.pk), "line_items": [line]}
    credit = house.api("POST", "credits?mark_sent=true", body)
    page = house.office.get(f"/clients/{ids.encode(client.pk)}")
    link = f"/credits?client={ids.encode(client.pk)}"
    assert f'href="{link}"' in page.content.decode()
    assert credit["number"] in text(house.office.get(link))


def test_the_description_of_the_api_is_generated_and_has_a_page(house: House) -> None:
    described = house.api("GET", "openapi.json")
    assert described["openapi"].startswith("3.1")
    paths = described["paths"]
    for path, verb in (
        ("/clients", "post"),
        ("/clients/{id}", "put"),
        ("/clients/bulk", "post"),
        ("/group_settings", "post"),
        ("/reactivate_email/{id}", "post"),
    ):
        assert verb in paths[path], path
    page = text(house.office.get("/api/docs"))
    for word in ("clients", "group_settings", "custom_value1", "display_name", "reactivate_email"):
        assert word in page
    assert "/api/docs" in house.office.get("/help/api").content.decode()
