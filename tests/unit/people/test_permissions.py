from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from comptoir.clients.models import Client
from comptoir.people.models import Membership, Token
from comptoir.people.permissions import EVERY_WORD, may, may_send_email, seen_by, words

from .conftest import Cast


def member(permissions: str = "", **rights: Any) -> Membership:
    return Membership(pk=1, company_id=1, user_id=7, permissions=permissions, **rights)


def test_owners_and_administrators_may_do_everything() -> None:
    for boss in (member(is_owner=True), member(is_admin=True)):
        assert may(boss, "edit", "invoice")
        assert may(boss, "create", "token")
        assert may(boss, "view", "reports")


@pytest.mark.parametrize(
    ("permissions", "view", "create", "edit"),
    [
        ("", False, False, False),
        ("view_client", True, False, False),
        ("create_client", False, True, False),
        ("edit_client", True, False, True),
        ("view_all", True, False, False),
        ("create_all", False, True, False),
        ("edit_all", True, False, True),
        ("view_client,create_client,edit_client", True, True, True),
        (" view_client , create_client ", True, True, False),
        ("view_clients", False, False, False),
        ("overview_client", False, False, False),
        ("VIEW_CLIENT", False, False, False),
        ("view_invoice", False, False, False),
    ],
)
def test_words_are_taken_exactly_and_edit_implies_view(
    permissions: str, view: bool, create: bool, edit: bool
) -> None:
    found = [may(member(permissions), verb, "client") for verb in ("view", "create", "edit")]
    assert found == [view, create, edit]


def test_ones_own_and_assigned_records_are_always_ones_own() -> None:
    carol = member("")
    for row in (
        SimpleNamespace(user_id=7, assigned_user_id=None),
        SimpleNamespace(user_id=8, assigned_user_id=7),
    ):
        assert may(carol, "view", "invoice", row)
        assert may(carol, "edit", "invoice", row)
        assert not may(carol, "create", "invoice", row)
    stranger = SimpleNamespace(user_id=8, assigned_user_id=None)
    assert not may(carol, "view", "invoice", stranger)
    assert not may(carol, "edit", "invoice", stranger)


def test_invoice_words_say_nothing_about_recurring_invoices() -> None:
    assert not may(member("edit_invoice"), "view", "recurring_invoice")
    assert not may(member("edit_recurring_invoice"), "view", "invoice")


def test_reports_and_dashboard_have_words_of_their_own() -> None:
    assert not may(member("view_all,edit_all"), "view", "reports")
    assert not may(member("view_all,edit_all"), "view", "dashboard")
    assert may(member("view_reports"), "view", "reports")
    assert may(member("view_dashboard"), "view", "dashboard")


@pytest.mark.parametrize(
    "entity",
    ["user", "token", "webhook", "company_gateway", "subscription", "system_log", "import", "anything"],
)
def test_company_matters_take_an_administrator(entity: str) -> None:
    everybody = member(",".join(EVERY_WORD))
    assert not any(may(everybody, verb, entity) for verb in ("view", "create", "edit"))


@pytest.mark.parametrize(
    "entity", ["company", "tax_rate", "design", "group_setting", "payment_term", "task_status"]
)
def test_what_forms_need_is_seen_by_all_and_changed_by_administrators(entity: str) -> None:
    assert may(member(""), "view", entity)
    assert not may(member("edit_all,create_all"), "edit", entity)
    assert not may(member("edit_all,create_all"), "create", entity)


def test_parts_follow_their_record() -> None:
    assert may(member("edit_client"), "edit", "location")
    assert may(member("create_expense"), "create", "expense_category")
    assert not may(member("create_client"), "create", "vendor_contact")


def test_the_no_mail_word_binds_members_only() -> None:
    assert may_send_email(member(""))
    assert not may_send_email(member("view_client,disable_emails"))
    assert may_send_email(member("disable_emails", is_admin=True))


def test_a_trailing_comma_is_no_word() -> None:
    assert words("view_client,,") == {"view_client"}


def test_lists_hold_all_rows_or_own_ones(cast: Cast) -> None:
    whole, own, assigned = (Client.objects.create(name=name) for name in ("A", "B", "C"))
    Client.objects.filter(pk=own.pk).update(user=cast.carol.user)
    Client.objects.filter(pk=assigned.pk).update(assigned_user=cast.carol.user)
    clients = Client.objects.order_by("pk")

    assert list(seen_by(cast.bob, clients, "client")) == [whole, own, assigned]
    assert list(seen_by(cast.carol, clients, "client")) == [whole, own, assigned]
    assert list(seen_by(cast.carol, clients, "vendor")) == [own, assigned]


def test_what_only_administrators_see_is_an_empty_list_for_others(cast: Cast) -> None:
    assert not seen_by(cast.carol, Token.objects.all(), "token").exists()
    assert not may(cast.carol, "view", "token", Token.objects.get(user=cast.carol.user))
    assert len(seen_by(cast.bob, Token.objects.all(), "token")) == 3
