import pytest

from comptoir.ui.parts import Action, Found, FoundGroup, Method, Tab
from tests.unit.ui.drawing import draw


@pytest.mark.parametrize(
    ("method", "drawn"),
    [
        ("get", '<a class="menu-item" role="menuitem" href="/x">'),
        ("post", '<button class="menu-item" role="menuitem" form="post" formaction="/x">'),
        ("delete", '<button class="menu-item" role="menuitem" type="button" hx-delete="/x">'),
        ("dialog", '<a class="menu-item" role="menuitem" href="/x" hx-get="/x" hx-target="#dialog">'),
    ],
)
def test_an_entry_does_what_its_method_asks(method: Method, drawn: str) -> None:
    assert draw("{% menu_item action %}", action=Action("Do", "/x", method=method)).startswith(drawn)


def test_a_kebab_with_nothing_to_do_is_not_drawn() -> None:
    assert draw("{% kebab actions %}", actions=[]) == ""
    assert 'popovertarget="kebab"' in draw("{% kebab actions %}", actions=[Action("Edit", "/e")])


def test_tabs_are_links_on_a_desktop_and_a_menu_on_a_phone() -> None:
    tabs = [Tab("Overview", "/c"), Tab("Ledger", "/c/ledger", active=True, count="3")]
    html = draw("{% tabs tabs %}", tabs=tabs)
    assert "<span data-active-tab>Ledger</span>" in html
    assert html.count('href="/c/ledger" aria-current="page"') == 2


def test_results_of_the_palette_are_options_with_ids() -> None:
    groups = [FoundGroup("Clients", [Found("Ada", "/c/1"), Found("Bob", "/c/2")])]
    html = draw("{% found groups %}", groups=groups)
    assert 'role="option" aria-selected="false" tabindex="-1" id="found-1-2" href="/c/2"' in html
    assert "Nothing found" in draw("{% found groups %}", groups=[])


def test_an_act_that_cannot_be_undone_asks_for_the_password() -> None:
    html = draw(
        '{% confirm "Purge?" "/purge" "Purge" consequences=lost password=True ids=ids action="purge" %}',
        lost=["All of it."],
        ids=["a", "b"],
    )
    assert 'method="post" action="/purge"' in html
    assert "<li>All of it.</li>" in html
    assert 'type="password"' in html
    assert html.count('name="ids"') == 2
    assert '<input type="hidden" name="action" value="purge">' in html


def test_progress_asks_again_until_it_is_finished() -> None:
    running = draw('{% progress 3 10 "Importing" url="/job" cancel_url="/stop" %}')
    assert 'hx-get="/job" hx-trigger="load delay:1s"' in running
    assert '<progress class="meter" aria-label="Importing" value="3" max="10">' in running
    done = draw('{% progress 10 10 "Imported" url="/job" cancel_url="/stop" finished=True %}')
    assert "hx-get" not in done
    assert "/stop" not in done
    assert " value=" not in draw('{% progress 0 0 "Counting" url="/job" %}')
