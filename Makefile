# Two commands matter: `make run` serves Comptoir, `make test` proves it. Both set everything up first.
PYTHON ?= python3
PORT ?= 8000
export COMPTOIR_PORT ?= $(PORT)
py := .venv/bin/python
ready := .venv/.ready
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

.PHONY: help run demo test test-sqlite test-postgresql check format contract oracle books bench assets messages lock clean chromium

help:
	@echo "make run       set up and serve at http://127.0.0.1:$(COMPTOIR_PORT)"
	@echo "make demo      fill a company with believable data"
	@echo "make test      every test; on PostgreSQL too when COMPTOIR_TEST_DATABASE_URL is set"
	@echo "make check     style, types, floors, migrations, settings, translations"
	@echo "make format    mend what make check can mend by itself"
	@echo "make contract  replay recorded requests of the public API against a fresh server"
	@echo "make oracle    compare 100,000 random documents with a second calculator (for the night)"
	@echo "make books     live 10,000 random lives and hold every step against paper (for the night)"
	@echo "make bench     measure what people wait for"
	@echo "make lock      pin the newest dependencies"

run: assets
	@exec $(py) -m comptoir serve

demo: assets
	@$(py) -m comptoir demo

test: test-sqlite test-postgresql

test-sqlite: assets $(ready)/test chromium
	@$(py) -m pytest -n auto

test-postgresql: assets $(ready)/test
ifneq ($(COMPTOIR_TEST_DATABASE_URL),)
	@echo "Once more on PostgreSQL"
	@COMPTOIR_TEST_ON=postgresql $(py) -m pytest -n auto -m "not browser"
endif

check: assets $(ready)/test $(ready)/quality
	@$(py) -m tools.check

format: $(ready)/quality
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@find src -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

contract: assets $(ready)/test
	@$(py) -m pytest tests/contract -n auto

oracle: assets $(ready)/test
	@COMPTOIR_ORACLE_DOCUMENTS=100000 $(py) -m pytest -q tests/unit/billing/test_totals_oracle.py -n 0

books: assets $(ready)/test
	@COMPTOIR_BOOKS_SEQUENCES=10000 $(py) -m pytest -q tests/stories/test_books_always_balance.py -n auto

bench: assets
	@$(py) -m bench
	@$(py) -m bench.importing

# The set-up: each step is done again only when what it depends on has changed.
assets: $(ready)/base $(ready)/build $(ready)/comptoir
	@$(py) -m tools.assets

messages: $(ready)/base
	@$(py) -m tools.messages extract

$(py):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: Python 3.11 or later is needed; say which with: make PYTHON=python3.12 …"; exit 1; }
	@echo "  Virtual environment …"
	@$(PYTHON) -m venv .venv || { echo "error: the venv module is missing (Debian: apt install python3-venv)"; exit 1; }

$(ready)/%: requirements/%.txt | $(py)
	@$(py) -m tools.packages $*
	@mkdir -p $(ready) && touch $@

$(ready)/comptoir: pyproject.toml hatch_build.py $(ready)/build
	@$(py) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

chromium: | $(py)
	@$(py) -m tools.chromium

lock: $(ready)/quality
	@$(py) -m tools.lock

clean:
	rm -rf .venv node_modules src/comptoir/ui/collected
