# Two commands matter: `make demo` (try it) and `make test` (prove it). Both set up what they need.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test check lint locales handbook mutants bench chaos places clean

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed. Set PYTHON=python3.12, say.")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/.ready

demo: setup locales
	$(BIN)/clearing demo

locales: setup
	$(BIN)/python tools/locales.py compile

lint: setup locales
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint knowledge locales tests
	$(BIN)/clearing check

test: lint
	$(BIN)/pytest --numprocesses=auto --dist=loadfile

check: test

handbook: setup locales
	$(BIN)/python -m tools.handbook

mutants: setup locales
	$(BIN)/python -m tools.mutants --parts 1 --people 160

bench: setup locales
	$(BIN)/python -m tools.bench

chaos: setup locales
	$(BIN)/python -m tools.chaos

places: setup
	$(BIN)/python tools/build_places.py

clean:
	rm -rf .venv build data
