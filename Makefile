# Everything Bluelamp does on a developer's machine. `make help` lists it; every target sets up first.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
SAM := .venv-sam/bin/sam
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps
REGION ?= eu-west-2
# Two processes of tests; more does not help on two cores.
WORKERS ?= 2
# The order of the tests: the same each time, so that what failed can be run again; try others too.
SEED ?= 20261121

# The system's Python where it will do, and else the first on PATH that does; name another with
# `make PYTHON=...`. Distributions compile theirs with profiles; one that was compiled without them, as
# version managers do unless they are told, took 1.7 times as long for a loop of plain Python.
PYTHON ?= $(shell for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run demo test unit check chaos-platforms smoke bench scale year train train-reader evaluate openapi build deploy assets format lock clean test-tools

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.installed ## make .venv with everything in it
	@:

run: setup ## serve the whole force on http://127.0.0.1:8080 (PORT=, PLATFORM=bluesky, DB=dynamodb-local, SECOND_READER=own)
	@$(BIN)/bluelamp run $(if $(PORT),--port $(PORT)) $(if $(PLATFORM),--platform $(PLATFORM)) $(if $(DB),--database $(DB)) $(if $(SECOND_READER),--second-reader $(SECOND_READER))

demo: setup ## drive the main job against a real Bluesky server, and print each step
	@$(BIN)/bluelamp demo

test: setup test-tools ## all tests, after getting what they need
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --randomly-seed=$(SEED) --ignore=tests/workflows --ignore=tests/pages
	@# A running force is a process of its own: each of these files gets a fresh one.
	$(PY) -m tests.separately $(WORKERS) $(SEED) tests/workflows tests/pages

unit: setup ## the fast tests only: no AWS, no clock, no network
	$(PY) -m pytest -q -n $(WORKERS) -m "not thorough" tests/unit

check: setup .venv-sam/.installed ## the gate: format, lint, types, imports, templates, state machines, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy functions local second_reader darkroom
	$(BIN)/lint-imports
	SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=$(REGION) $(SAM) validate --lint --template template.yaml
	$(BIN)/cfn-lint template.yaml infra/*.yaml
	$(PY) -m local.tools validate
	$(PY) -m local.assets --check
	$(MAKE) test

chaos-platforms: setup test-tools ## every platform, every fault, 1,000 tales of each: the table (RUNS=, FIRST=)
	@PYTHONPATH=functions:. $(PY) -m tests.chaos --workers $(WORKERS) $(if $(RUNS),--runs $(RUNS)) $(if $(FIRST),--seed $(FIRST))

smoke: setup ## one harmless sentence on a real platform, taken away again (PLATFORM=, CONFIRM=yes; docs/smoke.md)
	@PYTHONPATH=functions:. $(PY) -m local.smoke $(if $(PLATFORM),--platform $(PLATFORM)) $(if $(filter yes,$(CONFIRM)),--yes)

bench: setup ## measure against the performance budget, into build/bench.json
	@$(BIN)/bluelamp bench

scale: setup ## what the follower reviews of a large force take, into build/scale.json (ACCOUNTS=, FOLLOWERS=)
	@PYTHONPATH=functions:. $(PY) -m local.scale $(if $(ACCOUNTS),--accounts $(ACCOUNTS)) $(if $(FOLLOWERS),--followers $(FOLLOWERS))

year: setup test-tools ## live a year of a force on this machine, and compare every letter (ACCOUNTS=, FOLLOWERS=, MENTIONS=, MONTHS=, DATABASE=)
	@PYTHONPATH=functions:. $(PY) -m local.year $(if $(ACCOUNTS),--accounts $(ACCOUNTS)) $(if $(FOLLOWERS),--followers $(FOLLOWERS)) $(if $(MENTIONS),--mentions $(MENTIONS)) $(if $(MONTHS),--months $(MONTHS)) $(if $(DATABASE),--database $(DATABASE))

train: .venv-train/.installed ## teach the first reader of the policy check, from the labelled posts
	@PYTHONPATH=functions:. .venv-train/bin/python -m local.training first

train-reader: .venv-train/.installed ## teach the second reader (ten minutes on two cores)
	@PYTHONPATH=functions:. .venv-train/bin/python -m local.training second

evaluate: .venv-train/.installed ## measure both readers by posts they have not seen, into docs/policy-evaluation.md
	@PYTHONPATH=functions:. .venv-train/bin/python -m local.training evaluate

openapi: setup ## write the description of the HTTP API to build/openapi.json
	@$(BIN)/bluelamp openapi build/openapi.json

# Chalice's own needs are its command line's, not ours: the lists are whole, pip adds nothing to them.
build: setup .venv-sam/.installed ## package every function as it would be deployed
	SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=$(REGION) PIP_NO_DEPS=1 PYTHON=$(CURDIR)/$(PY) $(SAM) build

deploy: build ## deploy to the account your AWS credentials name (STAGE=test)
	SAM_CLI_TELEMETRY=0 $(SAM) deploy --config-env $(or $(STAGE),test)

assets: setup ## build the pages' look into functions/shared/pages/static
	@$(PY) -m local.tools npm
	@$(PY) -m local.assets

format: setup ## put code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup ## pin every dependency anew, with hashes, from the *.in lists
	@for list in functions/requirements functions/requirements-duckdb second_reader/requirements darkroom/requirements requirements-dev requirements-sam requirements-node requirements-train; do \
		$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header \
			--no-emit-index-url --no-emit-find-links $$list.in --output-file $$list.txt || exit 1; done

clean: ## take away what was made, but not .venv
	rm -rf build .aws-sam .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# Several gigabytes, because PyTorch's build for PyPI brings its GPU libraries; only training needs it.
.venv-train/.installed: requirements-train.txt $(VENV)/pyvenv.cfg
	@echo "Installing what training needs into .venv-train (some minutes)." >&2
	@$(PY) -m venv .venv-train
	@.venv-train/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements-train.txt
	@touch $@

test-tools: setup
	@$(PY) -m local.tools tests

# ── how each is made ──────────────────────────────────────────────────────────

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Bluelamp needs Python 3.11 or newer, and found none on PATH. Name yours: make setup PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Bluelamp needs Python 3.11 or newer; $(PYTHON) is older or does not start."; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; on Debian install python3-venv."; exit 1; }

$(VENV)/.installed: $(VENV)/pyvenv.cfg requirements-dev.txt pyproject.toml
	@echo "Installing Python packages into $(VENV) (about a minute)." >&2
	@$(PY) $(PIP_INSTALL) --require-hashes --requirement requirements-dev.txt
	@$(PY) $(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

.venv-sam/.installed: requirements-sam.txt $(VENV)/pyvenv.cfg
	@echo "Installing the SAM command line into .venv-sam." >&2
	@$(PY) -m venv .venv-sam
	@.venv-sam/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements-sam.txt
	@touch $@
