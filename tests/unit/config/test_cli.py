"""The command line answers plainly."""

import subprocess
import sys

import pytest

from comptoir.config import cli
from tests.serving import clean_environment


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0
    assert cli.COMMANDS[name].split()[0] in capsys.readouterr().out.lower()


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["launch"])
    assert end.value.code == 2
    assert "launch" in capsys.readouterr().err


def test_the_process_that_supervises_stays_small() -> None:
    code = (
        "import sys; from comptoir.config import cli; cli._parser();"
        "from comptoir.config.commands import serve;"
        "print([name for name in ('django', 'rich', 'granian', 'babel') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=clean_environment(), capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
