import argparse
import getpass

from comptoir.config.cli import Failed, load_django


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, help="the owner signs in with it")
    parser.add_argument("--password", help="asked for when it is not given")
    parser.add_argument("--company", required=True, help="its name")
    parser.add_argument("--country", default="FR", help="two letters (default: FR)")
    parser.add_argument("--language", default="fr", help="fr or en (default: fr)")


def run(given: argparse.Namespace) -> int:
    """Once per installation; further companies are made in the office."""
    load_django()

    from django.conf import settings

    from comptoir.config import upgrade
    from comptoir.kernel.refused import Refused
    from comptoir.people import setup

    upgrade.run()
    if not setup.is_due():
        raise Failed("this installation is set up already. Sign in, or choose another COMPTOIR_DATA.")
    try:
        _found(given, given.password or getpass.getpass("Password: "))
    except Refused as error:
        raise Failed(" ".join(str(text) for texts in error.errors.values() for text in texts)) from error
    setup.word(settings.DATA)
    print(f"  {given.company} is ready: sign in as {given.email}.")
    return 0


def _found(given: argparse.Namespace, password: str) -> None:
    from django.utils import timezone

    from comptoir import reference
    from comptoir.people.founding import found_account

    country = reference.country.by_code(given.country.upper())
    language = reference.language.by_code(given.language)
    if country is None or language is None:
        raise Failed("--country takes two letters, as FR or BE, and --language one of fr and en.")
    currency = reference.currency.by_code(country.currency_code)
    person = {"email": given.email, "password": password, "language_id": language.id}
    settings = {"name": given.company, "country_id": country.id, "language_id": language.id}
    if currency:
        settings["currency_id"] = currency.id
    found_account(person, settings, on=timezone.localdate())
