from tests.unit.ui.drawing import attribute, draw


def test_a_button_submits_only_when_asked() -> None:
    assert attribute(draw('{% button "Save" submit=True %}'), "type") == "submit"
    assert attribute(draw('{% button "Save" %}'), "type") == "button"


def test_a_button_with_an_address_is_a_link() -> None:
    assert draw('{% button "Edit" href="/edit" %}') == '<a class="btn btn-sm btn-plain" href="/edit">Edit</a>'


def test_a_button_posts_from_anywhere_without_a_script() -> None:
    html = draw('{% button "Archive" post="/archive" %}')
    assert attribute(html, "form") == "post"
    assert attribute(html, "formaction") == "/archive"


def test_a_button_with_only_an_icon_has_a_name() -> None:
    html = draw('{% button "Edit" icon="pencil" icon_only=True %}')
    assert attribute(html, "aria-label") == "Edit"
    assert ">Edit<" not in html


def test_a_button_opens_dialogs_and_menus_by_the_browser() -> None:
    assert 'commandfor="ask" command="show-modal"' in draw('{% button "Delete" dialog="ask" %}')
    assert 'popovertarget="some"' in draw('{% button "More" menu="some" %}')
    assert 'href="/ask" hx-get="/ask" hx-target="#dialog"' in draw('{% button "Delete" fetch="/ask" %}')


def test_other_arguments_become_attributes_and_are_escaped() -> None:
    html = draw(
        '{% button label data_note=note hx_get="/x" x_on_click="go" hidden=True off=False %}',
        label="<b>",
        note='"',
    )
    assert 'data-note="&quot;" hx-get="/x" x-on:click="go" hidden>' in html
    assert "off" not in html
    assert "<b>" not in html
