import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from comptoir.ui.parts import MenuEntry

REFUSALS = {
    "400": "Nous n’avons pas compris cette demande",
    "403": "Vous ne pouvez pas voir cette page",
    "403_csrf": "Merci de renvoyer le formulaire",
    "404": "Il n’y a rien à cette adresse",
    "500": "Quelque chose s’est cassé de notre côté",
}


@pytest.mark.parametrize(("code", "sentence"), REFUSALS.items())
def test_a_refusal_speaks_plainly_without_any_context(code: str, sentence: str) -> None:
    with translation.override("fr"):
        html = get_template(f"{code}.html").render()
    assert f"<h1>{sentence}</h1>" in html
    assert 'lang="fr"' in html


def test_the_office_is_drawn_from_what_its_context_says() -> None:
    menu = [MenuEntry("Clients", "users", "/clients", "/clients/new", "New client", active=True)]
    person = {"name": "Maud", "email": "maud@b.example"}
    shown = {"menu": menu, "company": {"name": "Moreau"}, "person": person, "sign_out_url": "/out"}
    html = get_template("office/base.html").render(shown, RequestFactory().get("/"))
    assert '<div class="nav-item active"><a href="/clients" aria-current="page">' in html
    assert '<a class="nav-add" href="/clients/new" aria-label="New client"' in html
    assert '<span class="truncate">Moreau</span>' in html
    assert 'form="post" formaction="/out"' in html
    assert "Settings" not in html


def test_the_office_offers_the_other_companies() -> None:
    companies = [
        {"name": "Moreau", "url": "/1", "active": True},
        {"name": "Northwind", "url": "/2", "active": False},
    ]
    shown = {"companies": companies, "person": {"name": "Maud"}}
    html = get_template("office/base.html").render(shown, RequestFactory().get("/"))
    assert 'formaction="/2"' in html
    assert 'formaction="/1" aria-current="true"' in html


def test_the_portal_loads_no_script_and_the_company_s_colours() -> None:
    shown = {"company": {"name": "Moreau"}, "brand_css": "/brand.css"}
    html = get_template("portal/base.html").render(shown, RequestFactory().get("/"))
    assert "<script" not in html
    assert html.index("built/app.css") < html.index("/brand.css")


def test_a_language_that_runs_the_other_way_turns_the_page() -> None:
    with translation.override("ar"):
        assert 'dir="rtl"' in get_template("ui/alone.html").render()
