# The menu. `make run` and `make test` do all the set-up themselves; nothing is done twice.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
STAMPS := .make
PYTHON := .venv/bin/python
SOURCES := $(shell find src -name '*.py' 2>/dev/null)
CATALOGUES := $(wildcard src/klimaplan/web/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
ASSETS := src/klimaplan/web/static/built/klimaplan.css

.PHONY: help run test check format assets messages docs bench screenshots clean

help: ## Show this menu
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(STAMPS)/installed $(ASSETS) $(COMPILED) ## Install, load the figures and the demonstration, serve the site
	@.venv/bin/klimaplan init --demo
	@.venv/bin/klimaplan serve --port $(PORT)

test: $(STAMPS)/installed $(ASSETS) $(COMPILED) $(STAMPS)/browser ## Everything: units, pages in a browser, PostgreSQL, the domain by itself
	@bin/test

check: $(STAMPS)/installed $(ASSETS) $(COMPILED) ## Form, types, layers, reference tables, translations, documentation
	@bin/check

format: $(STAMPS)/installed ## Bring the code into form
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .

assets: $(ASSETS) ## Build styles, scripts, fonts and the map

messages: $(STAMPS)/installed ## Collect the texts of the pages into the catalogue
	@bin/messages

docs: $(STAMPS)/installed ## Build the documentation into site/
	@.venv/bin/mkdocs build --quiet --strict

bench: $(STAMPS)/installed $(ASSETS) $(COMPILED) ## Measure: commands, all 98 at once, plans, pages and people under load
	@for each in domain cold_command plans scale pages signed_in; do $(PYTHON) benchmarks/$$each.py; done
	@bin/with-postgres $(PYTHON) benchmarks/signed_in.py given

screenshots: $(STAMPS)/installed $(ASSETS) $(COMPILED) $(STAMPS)/browser ## Take the pictures of the documentation anew
	@$(PYTHON) docs/screenshots/take.py

clean: ## Remove everything that can be made again
	@rm -rf .venv .uv .node .make node_modules site src/klimaplan/web/static/built $(COMPILED)

$(STAMPS)/installed: pyproject.toml uv.lock
	@mkdir -p $(STAMPS)
	@bin/with-uv sync --frozen --quiet --all-extras
	@touch $@

$(ASSETS): package.json package-lock.json .npmrc $(wildcard assets/*.js assets/*/*) | $(STAMPS)/installed
	@bin/with-node npm ci --silent
	@bin/with-node npm run --silent build
	@touch $@

$(STAMPS)/browser: | $(STAMPS)/installed
	@bin/install-browser
	@touch $@

%.mo: %.po | $(STAMPS)/installed
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@
