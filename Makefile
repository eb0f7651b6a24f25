# Two commands: `make demo` shows what menulint says of the pages in fixtures/, `make test` runs the tests.

PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.PHONY: demo test lint docs docs-test readme benchmarks clean

demo: $(VENV)/.installed
	$(BIN)/menulint check fixtures --fail-on never

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests tools
	$(BIN)/ruff format --check src tests tools
	$(BIN)/mypy
	$(BIN)/lint-imports

# MkDocs asks no other server; the notice is about the future of its next major version.
docs: $(VENV)/.installed-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	@echo "build/site/index.html"

docs-test: $(VENV)/.installed-docs $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q tests/site/test_build.py

readme: $(VENV)/.installed
	$(BIN)/python tools/readme.py

# All figures of docs/performance.md on speed, and its plot: an hour or so on two cores with nothing beside it.
benchmarks: $(VENV)/.installed-dev
	test -d benchmarks/peers/.installed || benchmarks/peers/setup
	$(BIN)/python -m pip install --quiet --group benchmarks
	mkdir -p build
	$(BIN)/python -m benchmarks.speed --json build/speed.json
	$(BIN)/python -m benchmarks.growth --plot docs/img/lexicon-growth.svg
	$(BIN)/python -m benchmarks.hostile check

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[assistant,editor,fetch,office,ocr,scan,web]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/.installed-docs: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group docs
	@touch $@

clean:
	rm -rf $(VENV) build dist
