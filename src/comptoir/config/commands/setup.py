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

    from comptoir.config import first_run, upgrade

    upgrade.run()
    if not first_run.is_due():
        raise Failed("this installation is set up already. Sign in, or choose another COMPTOIR_DATA.")
    _found(given, given.password or getpass.getpass("Password: "))
    first_run.keep_link()
    print(f"  {given.company} is ready: sign in as {given.email}.")
    return 0


def _found(given: argparse.Namespace, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from comptoir.kernel.refused import Refused
    from comptoir.people.operations import found_company

    try:
        validate_password(password)
        found_company(
            email=given.email,
            password=password,
            company=given.company,
            country=given.country.upper(),
            language=given.language,
        )
    except ValidationError as error:
        raise Failed(" ".join(error.messages)) from error
    except Refused as error:
        sentences = (f"{field}: {text}" for field, texts in error.errors.items() for text in texts)
        raise Failed(" ".join(sentences)) from error
