# Two commands do all the set-up from a fresh checkout: `make demo` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help setup demo test browser prometheus screenshots check bench faults audit lock clean

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.complete
PIP   := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
LOCK  := uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header pyproject.toml

help: ## Say what there is (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## Make .venv with everything pinned (the others call it)
	@:

$(STAMP): requirements-dev.lock pyproject.toml .ci/python
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { python="$$(.ci/python)" && "$$python" -m venv --clear $(VENV); }
	@echo "Installing into $(VENV), about a minute ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: setup ## Open a Slack on this machine with the bot in it (ARGS="--port 8080")
	@$(BIN)/tocsin demo $(ARGS)

test: setup browser prometheus ## Run the tests (ARGS="tests/rules -k acknowledge")
	@$(BIN)/python -m pytest --numprocesses 2 $(ARGS)

browser: ## See to Chromium, which the browser tests need
	@.ci/browser

prometheus: ## See to Prometheus and Alertmanager, which the tests of alerts and figures need
	@.ci/prometheus

screenshots: setup browser ## Take the README's pictures anew
	@$(BIN)/python -m pytest tests/browser/test_screenshots.py --screenshots

check: setup ## Lint, formatting, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache

bench: setup ## Measure, and print a table
	@$(BIN)/python -m tests.bench $(ARGS)

faults: setup ## Bring about every fault, for hours, and count what is lost (ARGS="F1 F4", --short)
	@$(BIN)/python -m tests.faults $(ARGS)

audit: setup ## Ask whether what is pinned has known weaknesses (needs a network)
	@.ci/audit

lock: ## Write the lock files anew (needs uv; ARGS="--upgrade" moves the versions)
	@command -v uv >/dev/null || { echo "make lock needs uv. Type: pipx install uv" >&2; exit 1; }
	@$(LOCK) --group build --output-file requirements.lock $(ARGS)
	@$(LOCK) --group dev --output-file requirements-dev.lock $(ARGS)

clean: ## Remove .venv and what tools left behind
	@rm -rf $(VENV) *.egg-info build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
