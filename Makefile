# Lingpao: `make` alone lists what there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo console screens test check bench install format types lint contracts catalogues wheel clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: $(STAMP) ## make .venv and install Lingpao with its tools

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[postgresql,dev]'
	@touch $(STAMP)

demo: $(STAMP) ## run the whole of Ningbo 2020 in fast-forward and say where everything lies
	$(BIN)/lingpao demo --into demo
	@echo '管理页面：make console，或 $(BIN)/lingpao serve --demo'

console: $(STAMP) ## open the console on what `make demo` left, as it stood in late October
	$(BIN)/lingpao serve --demo

screens: $(STAMP) ## photograph every page on what `make demo` left, in four sizes, into screens/
	$(BIN)/python tests/console/web/looking.py demo/october.db screens

test: $(STAMP) ## run the whole test suite
	$(BIN)/pytest -n auto

check: format lint types contracts catalogues test ## everything that must be green before a commit

format: $(STAMP) ## formatting, checked
	$(BIN)/ruff format --check .

lint: $(STAMP) ## rules of style and safety
	$(BIN)/ruff check .

types: $(STAMP) ## strict types
	$(BIN)/mypy

contracts: $(STAMP) ## directions of import and homes of libraries
	$(BIN)/lint-imports --no-cache

catalogues: $(STAMP) ## translations are complete and compiled
	$(BIN)/python tests/house/catalogues.py --check

bench: $(STAMP) ## the benchmarks, each beside its raw limit
	$(BIN)/python -m bench

wheel: $(STAMP) ## build the wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove what these targets made
	rm -rf $(VENV) demo screens dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
