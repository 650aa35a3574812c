# Two commands: `make run` (the app with the sample documents) and `make test` (everything CI checks).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LIBRARY ?= zeren-library
# uv installs the lock in a sixth of pip's time; pip takes over where uv cannot reach the index
UV     := 0.13.9
# an index that only pip has been told of, for example a mirror
INDEX   = $(shell $(BIN)/python -m pip config get global.index-url 2>/dev/null)
UV_RUN  = UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$(INDEX)}" $(BIN)/uv
PIP    := -m pip install --quiet --disable-pip-version-check

.PHONY: run test matrix check install wheel neo4j screenshots docs lock clean

run: $(VENV)/.app
	$(BIN)/zeren demo --library $(LIBRARY) $(if $(PORT),--port $(PORT))

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup --ignore tests/browser --ignore tests/server
	@# by themselves: the browser's driver keeps an event loop that other tests must not meet; a server is one for all
	$(BIN)/python -m pytest tests/server -rP -m "not matrix" -k "not 2026 or guard" & servers=$$!; \
	$(BIN)/python -m pytest tests/browser; shown=$$?; wait $$servers && exit $$shown

# every query on every data set on both versions, the analyser over every statement, a full disk: half an hour and more
matrix: check
	$(BIN)/python -m pytest tests/server -rP -k "not 2026"
	$(BIN)/python -m pytest tests/server -rP -k 2026

# what tests/server need: Neo4j Community of the tested versions from Maven Central, its analyser of Cypher from npm
neo4j:
	ci/neo4j/fetch
	npm ci --prefix ci/cypher --no-audit --no-fund --loglevel error

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy

install: $(VENV)/.app

# dist/zeren-….whl with the reading compiled, for this Python; needs a C compiler and two minutes. uv builds it from the
# archive that it makes first: nothing compiled is left among the sources.
wheel: $(VENV)/bin/python
	HATCH_BUILD_HOOKS_ENABLE=1 $(UV_RUN) build --python $(BIN)/python --out-dir dist --clear

screenshots: $(VENV)/.dev
	$(BIN)/python benchmarks/screenshots.py $(or $(ARGS),--all)

# The lock holds exact versions; the stamps make a second run start at once.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Zeren needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	-$(BIN)/python $(PIP) uv==$(UV)

define install
@echo "installing $(lastword $(1))"
@$(UV_RUN) pip install --quiet --python $(BIN)/python $(1) || \
  $(BIN)/python $(PIP) $(1)
endef

$(VENV)/.app: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call install,-r requirements.lock)
	$(call install,--no-deps --editable .)
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.app
	$(call install,-r requirements-dev.lock)
	@touch $@

# what pages say of the model, the reading rules and the commands
docs: $(VENV)/.app
	$(BIN)/python docs/make_model.py
	$(BIN)/python docs/make_reading.py
	$(BIN)/python docs/make_readme.py

lock: $(VENV)/bin/python
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache *.so loaders/*.so loaders/extract/*.so
