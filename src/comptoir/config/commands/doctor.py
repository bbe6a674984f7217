import argparse


def run(_: argparse.Namespace) -> int:
    """1 when something keeps the installation from working."""
    from comptoir.config.cli import load_django

    load_django()

    from rich.console import Console
    from rich.table import Table

    from comptoir.config import doctor

    findings = doctor.examine()
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for finding in findings:
        colour = {"well": "green", "watch": "yellow", "ill": "red"}[finding.state]
        table.add_row(f"[{colour}]{finding.state}[/]", finding.what, finding.sentence)
    Console().print(table)
    return int(any(finding.state == "ill" for finding in findings))
