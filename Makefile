# `make` alone explains itself.
PORT ?= 8000
DEMO ?= 1
PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
export PORT

.DEFAULT_GOAL := help

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## Set up, seed a demo community and serve it (DEMO=0: an empty instance)
	@POSITIVESOCIALS_DEMO=$(DEMO) $(BIN)/positivesocials run

test: $(VENV)/.development ## Run every test, two at a time (WORKERS=1: one)
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(VENV)/.development ## Lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test-postgres: $(VENV)/.development ## Run the tests on a PostgreSQL of their own
	@$(BIN)/python -m tests.with_postgres $(BIN)/python -m pytest -n $(WORKERS) -m "not browser" $(ARGS)

bench: $(VENV)/.development ## Measure what the docs claim
	@$(BIN)/positivesocials bench signup --json
	@$(BIN)/positivesocials bench rotation --json
	@$(BIN)/python -m tests.replays --json
	@$(BIN)/positivesocials bench sealing --json
	@$(BIN)/positivesocials bench suggestions --json
	@$(BIN)/positivesocials bench frequencies --json
	@$(BIN)/positivesocials bench pages --json
	@$(BIN)/positivesocials bench search --documents 20000 --json
	@$(BIN)/python -m tests.hostile --json
	@$(BIN)/python -m tests.life --json
	@$(BIN)/python -m tests.wordpress --kills 200 --mb 100 --json
	@$(BIN)/positivesocials bench matching --members 1000000 --json
	@$(BIN)/positivesocials bench changes --events 100000 --json
	@$(BIN)/positivesocials bench introductions --json
	@$(BIN)/positivesocials bench location --json
	@$(BIN)/positivesocials bench messaging --sockets 1000 --seconds 120 --json
	@$(BIN)/positivesocials bench conversation --json
	@$(BIN)/positivesocials bench cuts --cuts 500 --kills 100 --json
	@$(BIN)/positivesocials bench kills --kills 300 --json
	@$(BIN)/positivesocials bench newsletter --members 10000 --kills 0 --json
	@$(BIN)/positivesocials bench newsletter --members 2000 --kills 100 --json
	@$(BIN)/python -m tests.shown --json

messages: $(VENV)/.development ## Collect what can be said and compile what is said (needs gettext)
	@cd positivesocials && ../$(BIN)/python ../manage.py makemessages --all --no-location --no-obsolete
	@cd positivesocials && ../$(BIN)/python ../manage.py compilemessages

lock: $(VENV)/.development ## Renew the hashed locks from pyproject.toml
	@$(BIN)/python requirements/lock.py

sbom: ## Print the bill of materials (CycloneDX) of what a site installs
	@$(PYTHON) requirements/sbom.py

audit: $(VENV)/.development ## Ask for known flaws of every pinned library
	@$(BIN)/python requirements/audit.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: set PYTHON=python3.12, say.")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	@echo "  Installing what it needs (the first time takes a minute or two)"
	@sh requirements/install.sh $(BIN)/python requirements/runtime.txt
	@touch $@

$(VENV)/.development: requirements/development.txt $(VENV)/.runtime
	@sh requirements/install.sh $(BIN)/python requirements/development.txt
	@touch $@

.PHONY: help run test test-postgres check bench messages lock audit sbom
