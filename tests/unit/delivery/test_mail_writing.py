"""What a mail says and looks like, before anybody sends it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.delivery.mail import colours, letters
from comptoir.delivery.mail.addresses import address, addresses, named, one_line
from comptoir.delivery.mail.look import Look
from comptoir.delivery.mail.plain import plain_text
from comptoir.delivery.mail.texts import OURS, template_named, wording
from comptoir.delivery.mail.writing import Written, write
from comptoir.kernel.refused import Refused

from .mail_cast import LOOK, NB, VALUES

NOTHING_SET: dict[str, str] = defaultdict(str)
KINDS = {"reminder": "invoice", "custom": "invoice", "quote": "quote", "payment": "payment"}


def written(
    text: str, look: Look = LOOK, kind: str = "invoice", locale: str = "fr_FR", **values: str
) -> Written:
    return write("Facture $number", text, {**VALUES, **values}, look, kind=kind, locale=locale)


def kind_of(template: str) -> str:
    return next((kind for start, kind in KINDS.items() if template.startswith(start)), template)


def test_our_own_invoice_mail_in_french() -> None:
    own = wording(NOTHING_SET, "invoice", "fr_FR")
    mail = write(own.subject, own.body, VALUES, LOOK, kind="invoice", locale="fr_FR")

    assert mail.subject == "Facture F2026-0042 – Atelier Lumière"
    assert mail.text == (
        "Bonjour Claire,\n\nVeuillez trouver la facture F2026-0042.\n\n"
        f"Montant dû\n1 459,26{NB}€\nFacture F2026-0042\nDate 2 mars 2026\nÉchéance 1 avril 2026\n\n"
        "Voir la facture <https://factures.example.com/client/invoice/abc?a=1&b=2>\n\n"
        "Merci de votre confiance.\n\nCordialement,\nAtelier Lumière\n\n"
        "-- \nAtelier Lumière\n12 rue des Lilas, 69003 Lyon\n"
    )
    assert '<html lang="fr-fr" dir="ltr"' in mail.html
    assert ">Voir la facture</a>" in mail.html


@pytest.mark.parametrize("template", OURS)
@pytest.mark.parametrize("locale", ["en", "fr_FR"])
def test_every_text_of_ours_is_filled_in_completely(template: str, locale: str) -> None:
    own = wording(NOTHING_SET, template, locale)
    mail = write(own.subject, own.body, VALUES, LOOK, kind=kind_of(template), locale=locale)

    assert "$" not in mail.subject + mail.text + mail.html
    assert ("Bonjour Claire," in mail.text) == (locale == "fr_FR")


@pytest.mark.parametrize("template", OURS)
def test_every_text_of_ours_has_its_french(template: str) -> None:
    english, french = (wording(NOTHING_SET, template, locale) for locale in ("en", "fr_FR"))

    assert english.subject != french.subject
    assert english.body != french.body


def test_a_companys_own_text_replaces_ours_field_by_field() -> None:
    settings = {**defaultdict(str), "email_subject_invoice": "Votre facture", "email_template_invoice": " "}

    assert wording(settings, "invoice", "fr_FR").subject == "Votre facture"
    assert wording(settings, "invoice", "fr_FR").body == wording(NOTHING_SET, "invoice", "fr_FR").body
    quote = {"email_quote_subject_reminder1": "Alors ?", "email_quote_template_reminder1": "Oui ou non ?"}
    assert wording(quote, "quote_reminder1", "fr_FR") == ("Alors ?", "Oui ou non ?")


def test_the_wires_names_of_templates_are_known() -> None:
    assert template_named("email_template_reminder_endless") == "reminder_endless"
    assert template_named("email_quote_template_reminder1") == "quote_reminder1"
    assert template_named("custom2") == "custom2"
    assert template_named("email_template_nothing") is None


def test_without_a_first_name_the_greeting_stays_polite() -> None:
    values = {**VALUES, "contact.first_name": ""}

    assert write("", "$greeting", values, LOOK, locale="fr_FR").text.startswith("Bonjour,\n")


def test_markdown_becomes_html_and_readable_text() -> None:
    mail = written("# Titre\n\nUn *mot* et\nune ligne.\n\n- un\n- deux\n\n[Le site](https://a.example/x)")

    assert ">Titre</h1>" in mail.html
    assert re.search(r"Un <em>mot</em> et<br>\s*une ligne\.", mail.html)
    assert mail.text.startswith(
        "Titre\n\nUn mot et\nune ligne.\n\n- un\n- deux\n\nLe site <https://a.example/x>\n"
    )


def test_what_begins_with_a_tag_is_html_already() -> None:
    mail = written("<p>Bonjour * tous *</p>\n    <p>$number</p>")

    assert mail.message == "<p>Bonjour * tous *</p>\n    <p>F2026-0042</p>"


def test_with_markdown_off_lines_are_kept_and_stars_too() -> None:
    assert written("a *b*\nc", replace(LOOK, markdown=False)).message == "<p>a *b*<br>c</p>"


def test_values_are_text_never_markup() -> None:
    mail = written("Pour $client.name", **{"client.name": "<b>*Star*</b> & _Fils_ $number"})

    assert mail.message == "<p>Pour &lt;b&gt;*Star*&lt;/b&gt; &amp; _Fils_ $number</p>\n"
    assert mail.text.startswith("Pour <b>*Star*</b> & _Fils_ $number\n")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "<iframe src='https://evil.example'></iframe>",
        "<form action='https://evil.example'><input name=password></form>",
        "<svg onload=alert(1)>",
        "<p style='position:fixed;top:0'>x</p>",
        "<link rel=stylesheet href='https://evil.example'>",
    ],
)
def test_a_text_cannot_carry_active_content(attack: str) -> None:
    for mail in (
        written(f"a\n\n{attack}\n\nb", replace(LOOK, markup=False)),
        written("ok", replace(LOOK, markup=False, signature=attack, footer=attack)),
        written("ok", replace(LOOK, markup=False, style="custom", own_frame=f"{attack}$body")),
    ):
        low = mail.html.lower()
        for word in ("<script", "onerror", "onload", '="javascript:', "<iframe", "<form", "<input", "<svg"):
            assert word not in low
        assert "position" not in low
        assert "evil.example" not in low


def test_a_link_that_leads_to_a_script_through_a_value_is_dropped() -> None:
    assert (
        "javascript" not in written("[x]($client.website)", **{"client.website": "javascript:alert(1)"}).html
    )


def test_buttons_without_an_address_are_left_out() -> None:
    mail = written("Avant\n\n$view_button\n\n$payment_button\n\nAprès", view_link="", payment_link="")

    assert mail.message == "<p>Avant</p>\n<p>Après</p>\n"


def test_a_button_inside_a_sentence_stays_in_it() -> None:
    assert written("Ici : $payment_button, merci").message == (
        '<p>Ici : <a class="button" href="https://factures.example.com/client/pay/abc">Payer maintenant</a>'
        ", merci</p>\n"
    )


def test_private_notes_never_come_out() -> None:
    values = {"private_notes": "SECRET", "client.private_notes": "SECRET"}
    asked = "$private_notes $client.private_notes $invoice.private_notes $contact.private_notes"
    mail = write(asked, asked, {**VALUES, **values}, replace(LOOK, signature=asked, footer=asked))

    assert "SECRET" not in mail.subject + mail.html + mail.text


def test_a_dark_mail_is_dark_everywhere_and_a_light_one_follows_the_reader() -> None:
    light, dark = written("x").html, written("x", replace(LOOK, style="dark")).html

    assert "prefers-color-scheme: dark" in light
    assert "prefers-color-scheme" not in dark
    assert "background-color: #1b2029" in dark


def test_a_companys_own_frame_holds_the_message() -> None:
    frame = "<style>.f{color:#900}</style><div class='f'>$company.name</div>$body<p>Fin</p>"
    mail = written("Le texte", replace(LOOK, style="custom", own_frame=frame))

    assert re.search(
        r'<div[^>]*style="color: ?#900;?"[^>]*>Atelier Lumière</div>\s*<p[^>]*>Le texte</p>\s*<p[^>]*>Fin',
        mail.html,
    )


def test_the_button_of_mail_programs_cannot_break_out_of_its_markup() -> None:
    mail = written("x", view_link="https://a.example/</script><script>alert(1)</script>")

    assert mail.html.count("<script") == 1
    assert "alert(1)</script>" not in mail.html.replace("\\u003c/script>", "")
    assert "<script" not in written("x", view_link="http://a.example").html
    assert "<script" not in written("x", replace(LOOK, markup=False)).html


def test_arabic_reads_from_the_right() -> None:
    assert '<html lang="ar" dir="rtl"' in written("x", locale="ar").html


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_whatever_the_companys_colour_words_can_be_read(colour: str) -> None:
    look = replace(LOOK, colour=colour)

    assert colours.contrast(look.on_button, look.button) >= 4.5
    assert colours.contrast(look.ink, "#ffffff") >= 4.5
    assert colours.contrast(look.glow, "#1b2029") >= 4.5


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("#ABC", "#aabbcc"),
        (" #298AAB ", "#298aab"),
        ("red", "#298aab"),
        ("#12345g", "#298aab"),
        ("", "#298aab"),
    ],
)
def test_odd_colours_become_ours(typed: str, meant: str) -> None:
    assert colours.colour(typed) == meant


@pytest.mark.parametrize(
    "end", ["\r\nBcc: evil@example.com", "\n\nbody", "\rX: y", "\u2028X: y", "\x00", "\x85X: y"]
)
def test_no_value_can_start_a_header_of_its_own(end: str) -> None:
    subject = write("Pour $client.name", "x", {"client.name": f"Dupont{end}"}, LOOK).subject

    assert not re.search(r"[\x00-\x1f\x85\u2028]", subject)
    assert subject.startswith("Pour Dupont")
    for typed in (f"claire@client.example{end}", f"{end}claire@client.example"):
        with pytest.raises(Refused) as refusal:
            address(typed)
        assert list(refusal.value.errors) == ["recipient"]


@pytest.mark.parametrize(
    "typed", ["", "claire", "claire@", "@x.example", "a b@x.example", "a@b@x.example", "<a@x.example>"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        address(typed)


def test_addresses_and_names_are_written_safely() -> None:
    assert address(" Claire@Client.EXAMPLE ") == "Claire@client.example"
    assert addresses("a@x.example, b@x.example; a@x.example\nc@x.example", "bcc_email") == [
        "a@x.example",
        "b@x.example",
        "c@x.example",
    ]
    assert named('Jean "Le\nGrand" Dupont', "j@x.example") == '"Jean \\"Le Grand\\" Dupont" <j@x.example>'
    assert named("", "j@x.example") == "j@x.example"
    assert one_line(" a \r\n  b\tc ") == "a b c"


def test_tables_and_pictures_read_as_text() -> None:
    table = "<table><tr><td>x</td><td>1</td></tr><tr><td>y</td><td>2</td></tr></table>"
    html = f"<p>A&amp;B</p>{table}<img alt='Logo'>"

    assert plain_text(html) == "A&B\n\nx 1\ny 2\n\nLogo"


def test_letters_about_accounts_in_french() -> None:
    who = {"name": "Claire", "company_name": "Atelier Lumière", "locale": "fr_FR"}
    url = "https://factures.example.com/s/abc"
    magic = letters.magic_link(url=url, minutes=30, **who)
    reset = letters.password_reset(url=url, minutes=120, **who)
    asked = letters.invitation(url=url, by="Jeanne Martin", **who)
    access = letters.portal_access(url=url, **who)
    read = [
        write(one.subject, one.body, one.values, LOOK, locale="fr_FR")
        for one in (magic, reset, asked, access)
    ]

    assert [mail.subject for mail in read] == [
        "Connexion à l’espace client Atelier Lumière",
        "Choisissez un nouveau mot de passe pour Atelier Lumière",
        "Jeanne Martin vous invite à rejoindre Atelier Lumière",
        "Votre espace client Atelier Lumière",
    ]
    assert read[0].text.startswith(
        "Bonjour Claire,\n\nVoici votre lien de connexion à l’espace client Atelier Lumière.\n\n"
        f"Se connecter <{url}>\n\n"
        "Le lien sert une seule fois, pendant 30 minutes. Si vous n’attendiez pas ce message"
    )
    assert "pendant 2 heures." in read[1].text
    assert all(f"<{url}>" in mail.text for mail in read)
    assert all("$" not in mail.text + mail.html for mail in read)
