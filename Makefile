# Set up, run and test with nothing but Python >= 3.11 and make. `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
# On one's own machine: plain http, a known secret. Production sets its own.
export APP_PROFILE ?= development
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help
.PHONY: help setup run test check fmt bench lock migration translations clean

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  \1\t\2/' | expand -t 16

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; set PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make environments: on Debian, apt-get install python3-venv." >&2; exit 1; }
	@echo "Setting up .venv (about a minute, once)…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/ready ## Build the environment and fetch the design system
	@$(BIN)/python -P talentpool/web/assets.py
	@$(BIN)/python -m talentpool.translations

run: setup ## Serve the demo (PORT, DATABASE_URL… from the environment)
	@$(BIN)/talentpool migrate
	@$(BIN)/talentpool demo seed
	@exec $(BIN)/talentpool serve

test: setup ## Run all tests, on SQLite, PostgreSQL and in a browser
	@$(BIN)/python -m tests.requirements
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: setup ## Formatting, lint, types, imports, templates
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/djlint --lint templates --quiet

fmt: setup ## Format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: setup ## Measure the ranking and its speed (DIRS="dir …" of judged data)
	@for dir in $(DIRS); do $(BIN)/python -m matching evaluate $$dir || exit; done
	@$(BIN)/python -m matching bench $(DIRS)

lock: .venv/ready ## Pin every dependency again (needs uv on the PATH)
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock --upgrade

migration: setup ## Write a migration for what changed in the models (NAME="…")
	@FLASK_APP=wsgi $(BIN)/flask db migrate -m "$(NAME)"

translations: setup ## Gather texts into the English catalogue
	@$(BIN)/python -m talentpool.translations update

clean: ## Remove what setup made; the database in instance/ stays
	rm -rf .venv node_modules talentpool/static/dsfr
