# Run `make` to see what there is. A new machine needs Python 3.11, Git 2.38 and make.

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench docs lock clean

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
NPM := tests/npm/node_modules/.installed

# The first of these that is new enough; `make PYTHON=/path/to/python3.12 …` puts another one first.
override PYTHON := $(shell for one in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done)

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r target words; \
		do printf '  make %-6s %s\n' "$$target" "$$words"; done

setup: $(INSTALLED) ## make .venv with everything the program and its tests need
	@:

demo: $(INSTALLED) ## an academy with listeners, ready to look at
	@$(BIN)/cabinet demo

test: $(INSTALLED) $(NPM) ## everything a change has to pass (asks for Chromium, Node.js, nginx and git-lfs)
	@.ci/need nginx nginx-light && .ci/need git-lfs git-lfs
	@CHROMIUM=$$(.ci/find-chromium) && export CHROMIUM && \
		$(MAKE) --no-print-directory check && \
		$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

check: $(INSTALLED) ## style, types and import rules only
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(INSTALLED) ## how fast everything is (half an hour; QUICK=1 some minutes; PART=sites, pictures, publishing, pages or growth)
	@.ci/need nginx nginx-light && .ci/need wrk wrk
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick) $(PART:%=--part %)

docs: $(INSTALLED) ## write docs/issues.md anew, after the words of issues have changed
	@$(BIN)/python tools/write_issues_page.py

lock: $(INSTALLED) ## pin the newest versions that pyproject.toml allows
	@CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--extra dev --strip-extras --allow-unsafe --output-file requirements.lock pyproject.toml

clean: ## remove what these targets made; the data in var/ stay
	rm -rf $(VENV) build *.egg-info .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache test-artefacts
	find . -name __pycache__ -prune -exec rm -rf {} +

# One download, then no network: the project itself is built with what the lock brought.
$(INSTALLED): requirements.lock pyproject.toml .ci/check-machine
	@.ci/check-machine '$(PYTHON)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 5 \
		--require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index \
		--no-deps --no-build-isolation -e .
	@touch $@

# Programs of others that the tests talk to; nothing of them is part of the product.
$(NPM): tests/npm/package.json tests/npm/package-lock.json
	@.ci/need npm nodejs npm
	npm ci --prefix tests/npm --silent
	@touch $@
