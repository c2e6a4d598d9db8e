# Relais: `make run` starts it, `make test` checks it, `make help` lists the rest.
.PHONY: help run serve worker setup test lint types format pdf test-sqlite test-postgresql test-browser chromium lock bench clean
.NOTPARALLEL:

# What Python compiles when it first loads a file is kept: starting again takes a third of the time.
export PYTHONDONTWRITEBYTECODE =

BIN = .venv/bin
UV_VERSION = 0.13.9
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
            $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
CHROMIUM = $(or $(RELAIS_CHROMIUM),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-16s %s\n' "$$name" "$$what"; done

run: .venv/.run ## start Relais on 127.0.0.1:8000, with the seed if the database is empty
	$(BIN)/python -m relais migrate
	$(BIN)/python -m relais seed --if-empty
	$(BIN)/python -m relais serve --worker

serve: .venv/.run ## serve the pages only
	$(BIN)/python -m relais serve

worker: .venv/.run ## send letters and webhooks only
	$(BIN)/python -m relais worker

# --- environment -----------------------------------------------------------------------------------------------------

setup: .venv/.dev ## the environment for development

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Relais needs Python 3.11 or newer."; exit 1; }
	$(PYTHON) -m venv .venv

# By uv where it can be had (seconds), else by pip (a minute or two). Every file is checked against its hash.
install = $(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) \
            && $(BIN)/uv pip $(1) --quiet --python $(BIN)/python --require-hashes $(2) \
            || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(lastword $(2))

.venv/.run: requirements.lock | .venv/bin/python
	$(call install,install,-r requirements.lock)
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/bin/python
	$(call install,sync,requirements-dev.lock)
	@touch $@ .venv/.run

pdf: .venv/.run ## briefs and packets as PDF too (needs Pango from the system)
	$(call install,install,-r requirements-pdf.lock)

# The locks name no package index: whoever installs chooses where from.
lock: .venv/.dev ## renew both lock files from pyproject.toml (make lock UPGRADE=--upgrade)
	$(BIN)/uv pip compile $(UPGRADE) $(LOCKING) -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(UPGRADE) $(LOCKING) -o requirements-pdf.lock -c requirements.lock --extra pdf pyproject.toml
	$(BIN)/uv pip compile $(UPGRADE) $(LOCKING) -o requirements-dev.lock -c requirements-pdf.lock --extra pdf --group dev pyproject.toml
	@! grep -n '://' requirements.lock requirements-pdf.lock requirements-dev.lock
LOCKING = --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate

# --- checks ----------------------------------------------------------------------------------------------------------

test: lint test-sqlite test-postgresql test-browser ## everything: lint, types, the suite on both databases, the browser

lint: .venv/.dev ## style, types, import rules, unused parts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: .venv/.dev ## put the code in shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

test-sqlite: .venv/.dev ## the suite on SQLite
	RELAIS_TEST_ENGINE=sqlite $(BIN)/pytest -n auto --ignore=tests/browser $(ARGS)

test-postgresql: .venv/.dev ## the suite on PostgreSQL: RELAIS_TEST_DATABASE_URL, or one started from its package
	RELAIS_TEST_ENGINE=postgresql $(BIN)/pytest -n auto --ignore=tests/browser $(ARGS)

# A browser may hang for no fault of ours: what failed is tried once more, alone, and must pass then.
test-browser: .venv/.dev chromium ## the journeys in Chromium
	RELAIS_TEST_ENGINE=sqlite RELAIS_CHROMIUM="$(CHROMIUM)" $(BIN)/pytest -n auto tests/browser $(ARGS) \
	  || RELAIS_TEST_ENGINE=sqlite RELAIS_CHROMIUM="$(CHROMIUM)" $(BIN)/pytest --last-failed --last-failed-no-failures none tests/browser $(ARGS)

chromium:
	@test -n "$(CHROMIUM)" || { test "$$(id -u)" = 0 && command -v apt-get && apt-get update -q && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -yq -o DPkg::Lock::Timeout=300 chromium; } || \
	  { echo "The browser journeys need Chromium: install it, or name its path in RELAIS_CHROMIUM."; exit 1; }

bench: .venv/.dev ## the benchmarks
	$(BIN)/python -m bench

clean: ## remove caches and the environment; var/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
