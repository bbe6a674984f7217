"""From an empty installation to a guarded account, by clicking: set-up, sign-in, two factors, passkeys."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.serving import EMAIL, PASSWORD, Served, serving

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
REFUSALS = re.compile(r"status of (404|422|429)")
NEW = "a-second-walk-by-the-sea"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An installation where nobody works yet."""
    with serving(tmp_path_factory.mktemp("fresh") / "data", found=False) as installation:
        yield installation


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An installation of its own, whose owner's account these tests change."""
    with serving(tmp_path_factory.mktemp("owned") / "data") as installation:
        yield installation


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page in a browser of its own; faults of scripts and of the policy fail the test."""
    heard: list[str] = []
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSALS.search(message.text):
            heard.append(message.text)

    def open_page(url: str, locale: str = "en-GB", **options: Any) -> Page:
        contexts.append(browser.new_context(locale=locale, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("console", note)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


def sign_in(page: Page, password: str = PASSWORD, email: str = EMAIL) -> None:
    page.get_by_label("E-mail").fill(email)
    page.locator("#id-password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page: Page) -> None:
    """What opens an account to others asks for the password first."""
    expect(page.get_by_role("heading", name="Is it really you?")).to_be_visible()
    page.locator("#id-password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"]


def test_an_empty_installation_is_set_up_in_a_minute(visit: Open, fresh: Served) -> None:
    page = visit(fresh.url + "/", locale="fr-FR")
    expect(page.get_by_role("heading", name="Presque prêt")).to_be_visible()
    word = (fresh.data / "setup-link").read_text()
    page.goto(f"{fresh.url}/setup/{word}")
    assert serious(page) == []
    page.get_by_label("Prénom").fill("Zoé")
    page.get_by_label("Courriel").fill("zoe")
    page.locator("#id-password").fill("court")
    page.get_by_label("Nom de la société").fill("Atelier Zoé")
    page.get_by_role("button", name="Ouvrir mon bureau").click()
    expect(page.locator("#id-email-fault")).to_be_visible()
    expect(page.get_by_label("Nom de la société")).to_have_value("Atelier Zoé")
    page.get_by_label("Courriel").fill("zoe@example.com")
    page.locator("#id-password").fill(PASSWORD)
    page.get_by_role("button", name="Ouvrir mon bureau").click()
    page.wait_for_url("**/welcome")
    assert serious(page) == []
    page.get_by_label("Ville").fill("Lyon")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("zoe@example.com", exact=False).last).to_be_visible()
    page.get_by_role("button", name="Enregistrer et commencer").click()
    page.wait_for_url(fresh.url + "/")
    expect(page.get_by_role("heading", name="Tableau de bord")).to_be_visible()
    assert visit(f"{fresh.url}/setup/{word}").title().startswith("Nothing here")
    assert any("zoe@example.com" in str(letter["To"]) for letter in fresh.letters)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_doors_are_accessible_on_a_phone(visit: Open, owned: Served, scheme: str) -> None:
    page = visit(f"{owned.url}/account/login/", color_scheme=scheme, **PHONE)
    for address in ("/account/login/", "/account/password/reset/", "/account/password/reset/done/"):
        page.goto(owned.url + address)
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_wrong_password_is_said_at_the_field_and_the_right_one_leads_on(visit: Open, owned: Served) -> None:
    page = visit(f"{owned.url}/clients")
    page.wait_for_url("**/account/login/**")
    sign_in(page, "not the one")
    expect(page.locator("#id-password-fault")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(EMAIL)
    sign_in(page)
    page.wait_for_url("**/clients")
    page.goto(f"{owned.url}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{owned.url}/clients")
    page.wait_for_url("**/account/login/**")


def test_the_language_of_the_door_is_the_browsers_until_another_is_chosen(visit: Open, owned: Served) -> None:
    page = visit(f"{owned.url}/account/login/", locale="fr-FR")
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_forgotten_password_is_chosen_anew_by_mail(visit: Open, fresh: Served) -> None:
    page = visit(f"{fresh.url}/account/login/")
    page.get_by_role("link", name="Forgotten password?").click()
    page.get_by_label("E-mail").fill("zoe@example.com")
    sent = len(fresh.letters)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    for _ in range(50):
        if len(fresh.letters) > sent:
            break
        time.sleep(0.1)
    body = fresh.letters[-1].get_payload(decode=True).decode()  # type: ignore[union-attr]
    link = re.search(r"http\S+/password/reset/key/\S+", body)
    assert link
    page.goto(link[0])
    page.get_by_label("New password").fill(NEW)
    page.get_by_label("The same again").fill("another one entirely")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.locator("#id-password2-fault")).to_be_visible()
    page.get_by_label("New password").fill(NEW)
    page.get_by_label("The same again").fill(NEW)
    page.get_by_role("button", name="Keep this password").click()
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, NEW, "zoe@example.com")
    page.wait_for_url(fresh.url + "/")
    page.goto(link[0])
    expect(page.get_by_role("heading", name="This link has been used or is too old")).to_be_visible()


def test_an_app_guards_the_account_and_a_recovery_code_opens_it(visit: Open, owned: Served) -> None:
    page = visit(f"{owned.url}/account/2fa/")
    sign_in(page)
    page.get_by_role("link", name="Set up").click()
    prove(page)
    assert serious(page) == []
    secret = page.locator("bdi").first.inner_text()
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Switch on").click()
    expect(page.locator("#id-code-fault")).to_be_visible()
    page.get_by_label("Code that the app shows").fill(_code(secret))
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = page.locator("li bdi").first.inner_text()

    other = visit(f"{owned.url}/account/login/")
    sign_in(other)
    expect(other.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    other.get_by_label("Code", exact=True).fill(recovery)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.wait_for_url(owned.url + "/")

    page.goto(f"{owned.url}/account/2fa/totp/deactivate/")
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("The authenticator app is switched off.")).to_be_visible()


def test_a_passkey_signs_in_without_a_password(visit: Open, owned: Served) -> None:
    here = owned.url.replace("127.0.0.1", "localhost")  # an address in digits has no passkeys
    page = visit(f"{here}/account/2fa/webauthn/add/")
    _give_authenticator(page)
    sign_in(page)
    prove(page)
    page.get_by_label("Name").fill("Test key")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{here}/account/2fa/webauthn/")
    expect(page.get_by_text("Test key")).to_be_visible()
    page.goto(f"{here}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{here}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(here + "/")
    expect(page.get_by_role("main")).to_be_visible()


def _give_authenticator(page: Page) -> None:
    """A device that says yes by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _code(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))
