# make run: the site with demo data on http://127.0.0.1:8000 (PORT=8001 changes it)
# make test: everything the tests need, and the tests
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PYTHON PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1

APPS := kanim_portal office infocontent cases complaints inforequests yankomas channels surveys dataprotection reports
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
PAGES = $(shell find templates $(APPS) -name '*.html' 2>/dev/null)
# pytest options of one place: two workers for two cores, and a skipped test is a failed run.
PYTEST := $(BIN)/python -m pytest --no-skips -n 2

# Development settings for the tools that have to import the project, away from anybody's database.
DEVELOPMENT := DEBUG=1 DATABASE_URL=sqlite://:memory:
PRODUCTION := DEBUG=0 DEMO=0 HTTPS=1 RATE_LIMIT_FACTOR=1 ALLOWED_HOSTS=portal.example SITE_URL=https://portal.example \
	CSRF_TRUSTED_ORIGINS=https://portal.example DATABASE_URL=sqlite://:memory: \
	SECRET_KEY=dummy-for-checks-only-Zk3vQ9xW7rT1mB5nC8yL2pD6sF4gH0jA \
	FIELD_KEY=dummy-for-checks-only-Hj8bN2qV6tX4wR0zM7kP3cS9dG5fL1yE

.PHONY: install install-dev run test check fix bench

install: .venv/installed $(CATALOGUES)
	@bin/system-packages run

install-dev: .venv/installed-dev $(CATALOGUES)

run: install
	@exec bin/serve

test: install-dev
	@bin/system-packages test
	@echo "== Tests on SQLite"
	@$(PYTEST) --ignore=tests/e2e
	@echo "== Tests on PostgreSQL"
	@bin/with-postgres $(PYTEST) --ignore=tests/e2e
	@echo "== Tests in the browser"
	@$(PYTEST) tests/e2e

check: install-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(DEVELOPMENT) $(BIN)/mypy
	$(BIN)/djade --target-version 5.2 --check $(PAGES)
	$(BIN)/djlint --lint --quiet $(PAGES)
	$(BIN)/lint-imports --no-logo
	bin/check-env-example
	$(DEVELOPMENT) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

fix: install-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djade --target-version 5.2 $(PAGES) || $(BIN)/djade --target-version 5.2 --check $(PAGES)

bench: install-dev
	@bench/run.sh

$(BIN)/python:
	bin/system-packages venv
	$(PYTHON) -m venv --clear .venv

.venv/installed: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet -r requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install --quiet -r requirements-dev.txt
	@touch .venv/installed $@

%.mo: %.po | .venv/installed
	$(BIN)/pybabel --quiet compile -D django -i $< -o $@
