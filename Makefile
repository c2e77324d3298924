# 争优 Zhengyou. `make help` lists the targets; docs/operations.md explains the settings.
.DEFAULT_GOAL := help
.PHONY: help run demo-reset install assets test check bench trial lock clean

HOST ?= 127.0.0.1
PORT ?= 8000
zhengyou := .venv/bin/zhengyou

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

run: install assets ## Start the product with demo data on http://localhost:8000 (PORT=… for another)
	@$(zhengyou) serve --prepare --demo --host $(HOST) --port $(PORT)

demo-reset: install ## Throw away ALL data of var/ and load the demo again, after asking
	@scripts/demo-reset

install: ## Make .venv with what the product needs
	@scripts/install base

assets: ## Make build/lib: styles and icons for the pages
	@scripts/assets

test: ## Install what tests need, then run all of them on SQLite and PostgreSQL
	@.ci/install
	@scripts/test

check: ## Style, types, layers, migrations, structure tests
	@scripts/install dev
	@scripts/check

bench: ## Measure speed: every bench/*.py (ONLY=name for one)
	@scripts/install dev
	@scripts/bench $(ONLY)

trial: ## Long trials: kill loops and large data, every bench/trials/*.py (ONLY=name for one)
	@scripts/install dev
	@scripts/bench --trials $(ONLY)

lock: ## Pin requirements/*.in anew (UPGRADE=1 takes the newest that fit)
	@scripts/lock $(if $(UPGRADE),--upgrade)

clean: ## Remove what can be made again: never var/
	@rm -rf .venv .uv build node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
