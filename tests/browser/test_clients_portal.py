"""Rows S95 to S103 by hand: contacts sign in, keep their own profile, register; no script runs there."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import api
from tests.serving import Served

Visit = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FIRST, SECOND = "Verger2026", "Autre2026x"
TAKEN = "Ce courriel est déjà utilisé ici. Connectez-vous, ou donnez-en un autre."
WELCOME = "Bienvenue\xa0! Votre compte est prêt."


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:
    """``visit(path)`` opens a page in a browser of its own, as nobody yet."""
    contexts = []

    def open_page(path: str, **options: Any) -> Page:
        wanted = {"java_script_enabled": False, "locale": "fr", **options}
        contexts.append(browser.new_context(base_url=served.url, **wanted))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_door(served: Served) -> Iterator[str]:
    """Registration is on; the address of its form."""
    company = api.company(served)
    api.put(served, f"companies/{company['id']}", {"client_can_register": True})
    yield f"/client/register/{company['company_key']}"
    api.put(served, f"companies/{company['id']}", {"client_can_register": False})


def two(served: Served) -> tuple[Any, str, str]:
    """A client with two contacts, both with a password; and their addresses."""
    stamp = time.time_ns()
    zoe, max_ = f"zoe{stamp}@example.com", f"max{stamp}@example.com"
    people = [
        {"first_name": "Zoe", "email": zoe, "password": FIRST},
        {"first_name": "Max", "email": max_, "password": FIRST},
    ]
    fields = {"name": f"Verger {stamp}", "contacts": people, "settings": {"language_id": "4"}}
    return api.post(served, "clients", fields), zoe, max_


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/client/login")
    page.get_by_label("Courriel").fill(email)
    page.locator("[name='password']").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def is_in(page: Page) -> bool:
    return "/client/login" not in page.url


def register(page: Page, email: str, password: str = FIRST) -> None:
    for name, text in {"first_name": "Ada", "last_name": "Byron", "email": email}.items():
        page.locator(f"[name='{name}']").fill(text)
    page.locator("[name='password']").fill(password)
    page.locator("[name='password_again']").fill(password)
    page.get_by_role("button", name="S’inscrire").click()


def test_s95_s96_s97_two_contacts_keep_logins_of_their_own(visit: Visit, served: Served) -> None:
    made, zoe, max_ = two(served)
    invoice = api.invoice(served, made["id"])
    for email, own, other in ((zoe, "Zoe", "Max"), (max_, "Max", "Zoe")):
        page = visit("/client/login", **PHONE)
        sign_in(page, email.upper(), FIRST)
        page.goto("/client/invoices")
        expect(page.get_by_text(invoice["number"]).first).to_be_visible()
        page.goto("/client/profile")
        expect(page.locator("#contact [name='first_name']")).to_have_value(own)
        assert other not in page.locator("main").inner_text()
    form = page.locator("#password")
    form.locator("[name='old_password']").fill("Faux2026x")
    form.locator("[name='password']").fill(SECOND)
    form.locator("[name='password_again']").fill(SECOND)
    form.get_by_role("button", name="Enregistrer le mot de passe").click()
    expect(page.get_by_text("Ce n’est pas votre mot de passe.")).to_be_visible()
    form.locator("[name='old_password']").fill(FIRST)
    form.locator("[name='password']").fill(SECOND)
    form.locator("[name='password_again']").fill(SECOND)
    form.get_by_role("button", name="Enregistrer le mot de passe").click()
    page.wait_for_url("**done=password**")
    for email, password, opens in ((zoe, FIRST, True), (max_, FIRST, False), (max_, SECOND, True)):
        page = visit("/client/login")
        sign_in(page, email, password)
        assert is_in(page) is opens, (email, password)


def test_s96_an_email_given_by_staff_is_the_login_at_once(visit: Visit, served: Served) -> None:
    made, zoe, _max = two(served)
    people = [{key: one[key] for key in ("id", "first_name", "email")} for one in made["contacts"]]
    people[0]["email"] = f"new{zoe}"
    api.put(served, f"clients/{made['id']}", {"contacts": people})
    page = visit("/client/login")
    sign_in(page, zoe, FIRST)
    assert not is_in(page)
    sign_in(page, f"new{zoe}", FIRST)
    assert is_in(page)


def test_s100_a_contact_chooses_the_logo_of_its_client(visit: Visit, served: Served) -> None:
    _made, zoe, _max = two(served)
    page = visit("/client/login", **PHONE)
    sign_in(page, zoe, FIRST)
    page.goto("/client/profile")
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    chosen: Any = {"name": "logo.png", "mimeType": "image/png", "buffer": drawn.getvalue()}
    page.locator("#logo input[type='file']").set_input_files(chosen)
    page.locator("#logo").get_by_role("button", name="Enregistrer").click()
    shown = page.get_by_role("img", name="Votre logo actuel")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 60
    page.locator("#logo").get_by_role("button", name="Retirer le logo").click()
    expect(page.get_by_role("img", name="Votre logo actuel")).to_have_count(0)


def test_s101_a_new_email_counts_once_its_link_was_opened(visit: Visit, served: Served) -> None:
    _made, zoe, _max = two(served)
    page = visit("/client/login")
    sign_in(page, zoe, FIRST)
    page.goto("/client/profile")
    form = page.locator("#email")
    form.locator("[name='email']").fill(f"new{zoe}")
    form.locator("[name='old_password']").fill(FIRST)
    form.get_by_role("button", name="Changer l’adresse").click()
    page.wait_for_url("**done=confirm**")
    other = visit("/client/login")
    sign_in(other, f"new{zoe}", FIRST)
    assert not is_in(other)
    page.goto(link_to(served, f"new{zoe}"))
    page.locator("main form button[type='submit'], form button.btn-primary").first.click()
    sign_in(other, f"new{zoe}", FIRST)
    assert is_in(other)


def link_to(served: Served, email: str) -> str:
    """The path in the mail that has just come to somebody."""
    for _ in range(100):
        for message in reversed(served.letters):
            if email in str(message["To"]):
                part = next(one for one in message.walk() if one.get_content_type() == "text/plain")
                found = re.search(r"/client/[\w-]+/[\w-]+", part.get_payload(decode=True).decode())  # type: ignore[union-attr]
                if found:
                    return found[0]
        time.sleep(0.2)
    raise AssertionError(f"No letter for {email}.")


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_s99_a_stranger_becomes_a_client(visit: Visit, open_door: str, device: dict[str, Any]) -> None:
    email = f"ada{time.time_ns()}@example.com"
    page = visit(open_door, **device)
    register(page, email)
    expect(page.get_by_text(WELCOME)).to_be_visible()
    page.goto("/client/profile")
    expect(page.locator("#contact [name='last_name']")).to_have_value("Byron")
    expect(page.locator("#client [name='name']")).to_have_value("")
    again = visit("/client/login")
    sign_in(again, email, FIRST)
    assert is_in(again)


def test_s102_s103_a_known_email_is_refused_until_it_is_removed(
    visit: Visit, served: Served, open_door: str
) -> None:
    made, zoe, _max = two(served)
    page = visit(open_door)
    register(page, f" {zoe.upper()} ")
    expect(page.get_by_text(TAKEN)).to_be_visible()
    expect(page.locator("[name='last_name']")).to_have_value("Byron")
    expect(page.locator("[name='password']")).to_have_value("")
    people = [{"id": made["contacts"][1]["id"], "first_name": "Max", "email": made["contacts"][1]["email"]}]
    api.put(served, f"clients/{made['id']}", {"contacts": people})
    register(page, zoe)
    expect(page.get_by_text(WELCOME)).to_be_visible()
