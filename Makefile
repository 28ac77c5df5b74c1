# Two commands matter: `make demo` and `make test`. Each installs what it needs into .venv, and only when that changed.

PORT ?= 8000
STAGE ?=
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := CUSTOM_COMPILE_COMMAND="make requirements" $(BIN)/pip-compile --quiet --allow-unsafe --strip-extras --generate-hashes \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

# Each worker begins with half of the modules, so that what a module shares is made once, and takes from the other when it is done.
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal -q

# Debug mode lets cookies pass over plain http on this machine; mail is written to files that the site shows.
DEMO_ENV := DEMO=1 DEBUG=1 SECRET_KEY_FILE=var/secret-key FIELD_KEYS_FILE=var/field-keys BASE_URL=http://127.0.0.1:$(PORT) PORT=$(PORT)
# For commands that touch no data.
NO_FIELD_KEY := AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

.PHONY: help demo demo-production static-files test lint format bench requirements messages clean

help:
	@echo "make demo          the site with invented data on http://127.0.0.1:$(PORT)   (PORT=8100, STAGE=before|open|closed|running|over)"
	@echo "make demo-production  the same with production settings on http://localhost:$(PORT): staff need a second factor"
	@echo "make test          the whole test suite                          (ARGS='-k waiting', DATABASE_URL=postgres://...)"
	@echo "make lint          every check that needs no test"
	@echo "make format        formats code and templates"
	@echo "make bench         measures and prints one table"
	@echo "make requirements  writes requirements/*.txt anew from pyproject.toml  (ARGS=--upgrade)"
	@echo "make messages      collects and compiles the French texts"
	@echo "make clean         removes the environment and the demo's data"

demo: $(VENV)/base var/secret-key var/field-keys
	@$(DEMO_ENV) $(BIN)/python -m pompidou.demo --check
	@umask 077; $(DEMO_ENV) $(BIN)/python manage.py migrate --verbosity 0
	@$(DEMO_ENV) $(BIN)/python manage.py demo $(if $(STAGE),--stage $(STAGE))
	@$(DEMO_ENV) $(BIN)/python -m pompidou.demo

# The browser is a guest that fills both processors, so its tests come after the others, not among them.
# On localhost browsers take production's cookies without TLS.
demo-production: DEMO_ENV := $(subst DEBUG=1,DEBUG=0,$(subst 127.0.0.1,localhost,$(DEMO_ENV)))
demo-production: static-files demo

static-files: $(VENV)/base var/secret-key var/field-keys
	@$(DEMO_ENV) $(BIN)/python manage.py collectstatic --no-input --verbosity 0

# What was compiled once serves both passes and every program that a test starts.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/dev
ifeq ($(ARGS),)
	$(PYTEST) -m "not browser"
	$(PYTEST) -m browser
else
	$(PYTEST) $(ARGS)
endif

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/mypy .
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
# SQLite makes a table anew for each column, which the linter takes for NOT NULL: tests/project/test_migrations.py looks at that.
# 0007_nomination adds an empty column that is unique, 0004_replies, 0005_nominees, 0005_taken_back_and_batches,
# 0006_who_came_instead and 0015_steps make a table anew with the unique rules it had: none stops anybody.
# 0010_days_leave_participant takes columns away, before the first release.
	DJANGO_SETTINGS_MODULE=tests.settings LOG_LEVEL=WARNING $(BIN)/python manage.py lintmigrations --quiet ok ignore --no-cache \
		--include-apps accounts correspondence meetings delegations participants attendance reports privacy --ignore-name-contains 0001_initial \
		--exclude-migration-tests NOT_NULL --ignore-name 0007_nomination 0004_replies 0005_nominees 0005_taken_back_and_batches \
		0006_who_came_instead 0010_days_leave_participant 0015_steps

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

bench: $(VENV)/dev
	$(BIN)/python -m bench $(ARGS)

requirements: $(VENV)/dev
	$(COMPILE) $(ARGS) --output-file requirements/base.txt pyproject.toml
	$(COMPILE) $(ARGS) --extra dev --constraint requirements/base.txt --output-file requirements/dev.txt pyproject.toml

messages: $(VENV)/base
	@command -v msgfmt >/dev/null || { echo "GNU gettext is missing: install the package 'gettext' and run this again."; exit 1; }
	DJANGO_SETTINGS_MODULE=pompidou.settings SECRET_KEY=messages FIELD_KEYS=$(NO_FIELD_KEY) DEBUG=1 $(BIN)/python manage.py makemessages --locale fr
	DJANGO_SETTINGS_MODULE=pompidou.settings SECRET_KEY=messages FIELD_KEYS=$(NO_FIELD_KEY) DEBUG=1 $(BIN)/python manage.py compilemessages --locale fr --ignore '.venv/*' --ignore 'var/*'

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis

# --- what the targets above stand on ---

# The newest Python there is that can make an environment, 3.11 or later.
$(VENV)/pyvenv.cfg:
	@for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
		if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version)"; exec $$python -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "This needs Python 3.11 or newer with its venv module (on Debian and Ubuntu: the package python3-venv)."; \
	echo "None of python3.14 ... python3.11, python3 is one."; exit 1

$(VENV)/base: requirements/base.txt | $(VENV)/pyvenv.cfg
	@echo "Installing what the site needs (once, and again when requirements/base.txt changes)"
	@$(PIP) -r requirements/base.txt
	@touch $@

$(VENV)/dev: requirements/dev.txt | $(VENV)/pyvenv.cfg
	@echo "Installing what the tests and checks need (once, and again when requirements/dev.txt changes)"
	@$(PIP) -r requirements/dev.txt
	@touch $(VENV)/base $@

var/secret-key:
	@mkdir -p var
	@umask 077; od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > $@

# Losing it means losing what people said of food, access, travel and passports, so it goes only with the data.
var/field-keys:
	@mkdir -p var
	@umask 077; head -c 32 /dev/urandom | base64 | tr '+/' '-_' > $@
