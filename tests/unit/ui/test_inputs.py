import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django import forms as django_forms
from django.utils import translation

from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice
from tests.unit.ui.drawing import attribute, draw


@dataclass(frozen=True)
class Coin:
    code: str = "EUR"
    precision: int = 2


def test_an_input_finds_its_value_and_fault_by_its_name() -> None:
    form = Form({"contacts": [{"email": "maud@"}]}, {"contacts.0.email": ["Not an address."]})
    html = draw('{% text_input "contacts.0.email" "E-mail" type="email" %}', form=form)
    assert '<label for="id-contacts-0-email">E-mail</label>' in html
    assert 'value="maud@"' in html
    assert 'aria-invalid="true" aria-describedby="id-contacts-0-email-fault"' in html
    assert '<div id="id-contacts-0-email-fault"><p class="fault">' in html
    assert "Not an address." in html


def test_a_value_that_is_given_wins() -> None:
    html = draw('{% text_input "name" "Name" value="Given" %}', form=Form({"name": "Stored"}))
    assert attribute(html, "value") == "Given"


def test_an_input_works_without_a_form() -> None:
    html = draw('{% text_input "q" "Search" help="Any word" required=True %}')
    assert 'required aria-describedby="id-q-help"' in html
    assert '<p class="help" id="id-q-help">Any word</p>' in html


def test_a_bare_input_keeps_its_name_for_those_who_cannot_see() -> None:
    html = draw('{% text_input "q" "Search" bare=True %}')
    assert 'aria-label="Search"' in html
    assert "<label" not in html


def test_a_password_is_never_given_back() -> None:
    assert "tr0ub4dor" not in draw('{% password_input "p" "Password" %}', form=Form({"p": "tr0ub4dor"}))


def test_numbers_are_shown_with_the_reader_s_decimal_sign() -> None:
    with translation.override("fr"):
        html = draw(
            '{% money_input "rate" "Taux" currency=coin %}',
            form=Form({"rate": Decimal("85.50")}),
            coin=Coin(),
        )
    assert attribute(html, "value") == "85,5"
    assert '<span class="affix">€</span>' in html


def test_what_was_typed_comes_back_as_it_was_typed() -> None:
    assert attribute(draw('{% number_input "n" "N" %}', form=Form({"n": "3*12.5x"})), "value") == "3*12.5x"


def test_dates_are_given_to_the_browser_in_its_own_form() -> None:
    html = draw('{% date_input "date" "Date" %}', form=Form({"date": dt.date(2026, 11, 24)}))
    assert 'type="date" value="2026-11-24"' in html


def test_a_range_is_two_dates() -> None:
    html = draw('{% range_input "during" "Period" value=pair %}', pair=(dt.date(2026, 1, 1), None))
    assert 'name="during_from" value="2026-01-01"' in html
    assert 'name="during_to" value=""' in html


def test_a_select_marks_what_is_chosen_whatever_its_type() -> None:
    html = draw(
        '{% select_input "term" "Term" options=options empty="—" %}',
        form=Form({"term": 30}),
        options=[(30, "30 days"), (0, "At once")],
    )
    assert (
        '<option value="">—</option><option value="30" selected>30 days</option>'
        '<option value="0">At once</option>' in html
    )


def test_choices_are_grouped_under_their_heading() -> None:
    html = draw(
        '{% select_input "c" "C" options=options %}',
        options=[Choice("fr", "France", group="Europe"), Choice("ca", "Canada", group="America")],
    )
    assert (
        '<optgroup label="Europe"><option value="fr">France</option></optgroup><optgroup label="America">'
        in html
    )


def test_a_picker_is_a_plain_select_where_there_is_no_script() -> None:
    html = draw(
        '{% picker_input "client_id" "Client" options=options value="7"'
        ' url="/c" new_url="/n" new_label="New:" %}',
        options=[Choice("7", "Ada")],
    )
    assert html.count("<select") == 1
    assert 'x-data="picker" data-url="/c" data-new-url="/n" data-new-label="New:"' in html
    assert '<option value="7" selected>Ada</option>' in html


def test_a_picker_of_many_marks_them_all() -> None:
    html = draw(
        '{% picker_input "ids" "Ids" options=options multiple=True value=two %}',
        options=["a", "b", "c"],
        two=["a", "c"],
    )
    assert " multiple>" in html
    assert html.count(" selected") == 2


def test_a_tick_sends_an_empty_value_when_it_is_off() -> None:
    html = draw('{% toggle_input "auto" "Auto" %}', form=Form({"auto": False}))
    assert '<input type="hidden" name="auto" value="">' in html
    assert " checked" not in html
    assert " checked" in draw('{% toggle_input "auto" "Auto" %}', form=Form({"auto": True}))
    assert " checked" not in draw('{% checkbox_input "auto" "Auto" %}', form=Form({"auto": "0"}))


def test_radios_share_their_name_and_have_a_label_each() -> None:
    html = draw(
        '{% radio_input "how" "How" options=options value="b" %}', options=[("a", "Mail"), ("b", "Post")]
    )
    assert html.count('name="how"') == 2
    assert 'id="id-how-2" value="b"' in html
    assert '<label for="id-how-2">Post</label>' in html
    assert html.count(" checked") == 1


def test_a_text_area_keeps_a_first_empty_line() -> None:
    assert "<textarea" in (html := draw('{% textarea_input "n" "N" value=text %}', text="\n\nx</textarea>"))
    assert "&lt;/textarea&gt;" in html
    assert ">\n\n\nx" in html


def test_django_s_own_fields_are_drawn_as_ours() -> None:
    class SignIn(django_forms.Form):
        login = django_forms.EmailField(label="E-mail")
        remember = django_forms.BooleanField(required=False)

    form = SignIn({"login": "nobody"})
    html = draw("{% field form.login %}{% field form.remember %}", form=form)
    assert '<label for="id_login">E-mail <span class="must" aria-hidden="true">*</span></label>' in html
    assert 'class="input"' in html
    assert 'aria-invalid="true"' in html
    assert '<div class="check-row"><input type="checkbox"' in html


def test_the_whole_form_says_how_many_fields_need_a_look() -> None:
    html = draw("{% faults %}", form=Form({}, {"": ["Saved by somebody else."], "a": ["x"], "b": ["y"]}))
    assert "Saved by somebody else." in html
    assert "2 fields need a look." in html
    assert draw("{% faults %}", form=Form()) == ""
