# Two commands: `make run` (the app with the sample documents) and `make test` (everything CI checks).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LIBRARY ?= zeren-library
PORT   ?= 8501

.PHONY: run test check install screenshots lock clean

run: $(VENV)/.app
	$(BIN)/zeren demo --library $(LIBRARY) --port $(PORT)

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy

install: $(VENV)/.app

screenshots: $(VENV)/.dev
	$(BIN)/python benchmarks/screenshots.py

# The lock holds exact versions; the stamps make a second run start at once.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Zeren needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
