import argparse


def run(_: argparse.Namespace) -> int:
    """A prompt; `acting_for` puts a company in scope."""
    from comptoir.config.cli import load_django

    load_django()

    import code

    from django.apps import apps

    from comptoir.tenancy.scope import acting_for

    names = {model.__name__: model for model in apps.get_models()}
    code.interact("with acting_for(company): …", local=names | {"acting_for": acting_for})
    return 0
