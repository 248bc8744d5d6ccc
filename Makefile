# What one can do here: `make` lists it. Written for GNU make 3.81 and newer.

# Python 3.11 or newer; name another with `make up PYTHON=/path/to/python`.
ifndef PYTHON
PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v "$$name" && break; done)
endif

RUN = .venv/bin/python
INSTALL = "$(PYTHON)" -I local_cloud/install.py
# Where the tools that read our packages find them; programs and packs find their own.
SOURCES = PYTHONPATH=infra:policy_pack:.
LOCK = .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help up preview down status test lint types format engine docs newcheck proof bench lock programs python base pack tools

help: ## List what one can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

up: base pack ## Build the network on the local AWS, judged by the policy pack
	@$(RUN) -m local_cloud up

preview: base pack ## Show what a change would do
	@$(RUN) -m local_cloud preview

down: base ## Remove the network and stop the local AWS
	@$(RUN) -m local_cloud down

status: base ## Say which engine is used and what runs
	@$(RUN) -m local_cloud status

engine: base ## Find the Pulumi engine, or build it
	@$(RUN) -m local_cloud engine

test: programs lint types engine pack ## Run every check and every test
	@$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term

lint: tools ## Check format, code style, imports and the pages made from code
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@$(SOURCES) .venv/bin/lint-imports
	@$(SOURCES) $(RUN) -m tools.docs check

types: tools ## Check types
	@$(RUN) -m mypy

format: tools ## Format the code
	@$(RUN) -m ruff format .

docs: tools ## Write the pages made from code
	@$(SOURCES) $(RUN) -m tools.docs write

newcheck: tools ## Begin a new check: make newcheck ID=subnet-too-small TITLE="What must hold."
	@$(SOURCES) $(RUN) -m tools.new_check "$(ID)" "$(TITLE)"

proof: tools pack ## Try the laws on more examples, and a million malformed property bags (some twenty minutes)
	@$(SOURCES) $(RUN) -W ignore::DeprecationWarning -m tests.policy_pack.fuzz --bags 1000000
	@EVERY_NETWORK=1 $(RUN) -m pytest tests/infra/test_variants.py tests/engine/test_variants.py --timeout 0
	@FUZZ_EXAMPLES=10000 $(RUN) -m pytest tests/policy_pack/laws tests/policy_pack/fuzz -n 2 --timeout 0

bench: tools engine pack ## Measure what the policy pack costs
	@$(SOURCES) $(RUN) -m bench.pack_cost
	@$(RUN) -m bench.preview_cost
	@$(SOURCES) $(RUN) -m bench.filter_queries

lock: tools ## Lock the requirements anew; `make lock UPGRADE=--upgrade` takes the newest
	$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt
	$(LOCK) -c requirements-dev.txt requirements.in -o requirements.txt
	$(LOCK) -c requirements-dev.txt local_cloud/requirements.in -o local_cloud/requirements.txt
	$(LOCK) -c requirements-dev.txt policy_pack/requirements.in -o policy_pack/requirements.txt

# Steps that the others take first; each does nothing when all is in place.

programs:
	@for pair in git:git ps:procps; do \
		command -v "$${pair%%:*}" >/dev/null || { \
			echo "error: the tests need $${pair%%:*}. On Debian and Ubuntu: apt install $${pair#*:}" >&2; \
			exit 1; \
		}; \
	done

python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "error: there is no Python 3.11 or newer on the PATH. Install one" >&2; \
		echo "(https://www.python.org/downloads/), or name one: make up PYTHON=/path/to/python" >&2; \
		exit 1; \
	fi

base: python
	@$(INSTALL) .venv requirements.txt local_cloud/requirements.txt

tools: base
	@$(INSTALL) .venv requirements-dev.txt

pack: python
	@$(INSTALL) policy_pack/venv policy_pack/requirements.txt
