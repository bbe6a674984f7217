from django.http import QueryDict

from comptoir.kernel.refused import Refused
from comptoir.ui.forms import Form


def test_a_value_is_found_by_its_dotted_name_in_what_is_nested() -> None:
    form = Form({"name": "Ada", "contacts": [{"email": "a@b.example"}]})
    assert form.value("name") == "Ada"
    assert form.value("contacts.0.email") == "a@b.example"


def test_a_value_is_found_in_what_a_browser_sent() -> None:
    assert Form(QueryDict("contacts.0.email=a%40b")).value("contacts.0.email") == "a@b"


def test_what_is_missing_is_none_however_deep() -> None:
    form = Form({"contacts": [{}], "note": "text"})
    assert form.value("contacts.3.email") is None
    assert form.value("contacts.0.phone.home") is None
    assert form.value("note.0") is None


def test_a_value_is_found_on_a_record() -> None:
    class Contact:
        email = "a@b.example"

    assert Form({"contact": Contact()}).value("contact.email") == "a@b.example"


def test_faults_are_those_of_the_refusal() -> None:
    form = Form({}, Refused("contacts.0.email", "Not an address.").errors)
    assert form.faults("contacts.0.email") == ["Not an address."]
    assert form.faults("name") == ()
