"""A fact is told in words that can be filled in, and speaks the wire's codes (contract rules 17 and 19)."""

from __future__ import annotations

import ast
from functools import lru_cache
from string import Formatter

import pytest

from comptoir.activity.facts import Fact
from tests.shape.house import facts, modules, tables, tree_of

FACTS = facts()
ALWAYS = {"user", "notes", "amount", "subject"}

EVENTS = dict(
    enumerate(
        (
            "client created", "invoice created", "quote created", "payment created", "vendor created",
            "quote updated", "quote deleted", "invoice updated", "invoice deleted", "client updated",
            "client deleted", "payment deleted", "vendor updated", "vendor deleted", "expense created",
            "expense updated", "expense deleted", "task created", "task updated", "task deleted",
            "quote approved", "invoice late", "quote expired", "invoice reminded", "project created",
            "project updated", "credit created", "credit updated", "credit deleted", "project deleted",
            "payment updated", "payment archived", "invoice archived", "quote archived", "credit archived",
            "task archived", "client archived", "project archived", "expense archived", "payment restored",
            "invoice restored", "quote restored", "credit restored", "task restored", "client restored",
            "project restored", "expense restored", "vendor archived", "vendor restored", "product created",
            "product updated", "product deleted", "product restored", "product archived", "order created",
            "order updated", "order deleted", "order restored", "order archived", "invoice sent",
            "quote sent", "credit sent", "order sent", "quote reminded", "order accepted",
        ),
        start=1,
    )
)  # fmt: skip
"""Webhooks by number (contract rules 19)."""

OTHER_WORDS = {
    "paymentrecorded": "paymentcreated",
    "paymenttakenover": "paymentcreated",
    "invoicetakenover": "invoicecreated",
    "quotetakenover": "quotecreated",
    "credittakenover": "creditcreated",
}
"""Our name where it is not the wire's; what is taken over is created by no other fact."""


def places(fact: type[Fact]) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(fact.phrase)) if name}


@lru_cache(maxsize=1)
def refs() -> set[str]:
    """Every name under which some operation gives a fact a further record."""
    given = set()
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Dict):
                given |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return {name for name in given if isinstance(name, str)}


KINDS = {model._meta.model_name for model in tables()}


def own_event(fact: type[Fact]) -> int | None:
    """The number of the event that has the fact's very name."""
    name = fact.__name__.lower()
    name = OTHER_WORDS.get(name, name)
    return next((number for number, event in EVENTS.items() if name == event.replace(" ", "")), None)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_a_fact_has_words_and_whatever_they_name_is_given(fact: type[Fact]) -> None:
    assert str(fact.phrase).strip(), f"{fact.__name__} says nothing"
    assert places(fact) - ALWAYS - KINDS - refs() == set()  # type: ignore[operator]


def test_two_facts_never_share_a_name() -> None:
    """Activity stores the name alone."""
    names = [fact.__name__ for fact in FACTS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("fact", [f for f in FACTS if f.event], ids=lambda fact: fact.__name__)
def test_an_event_is_the_facts_own_or_a_change_or_farewell_of_the_same_noun(fact: type[Fact]) -> None:
    noun, verb = EVENTS[fact.event or 0].split()
    assert fact.__name__.lower().startswith(noun)
    if own := own_event(fact):
        assert fact.event == own
    else:
        assert verb in ("updated", "deleted")


def test_an_event_is_told_by_the_fact_of_its_name() -> None:
    """So one deed never calls a webhook twice under one number."""
    own = {own_event(fact) for fact in FACTS}
    assert {fact.event for fact in FACTS if fact.event} - own == set()
