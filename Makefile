# What one can do here: `make` lists it. Written for GNU make 3.81 and newer.

# Python 3.11 or newer; name another with `make up PYTHON=/path/to/python`.
ifndef PYTHON
PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v "$$name" && break; done)
endif

RUN = .venv/bin/python
# `make up EXAMPLE=public` and the like run an example's project.
LOCAL = $(if $(EXAMPLE),--example $(EXAMPLE))
INSTALL = "$(PYTHON)" -I local_cloud/install.py
# Where the tools that read our packages find them; programs and packs find their own.
SOURCES = PYTHONPATH=infra:policy_pack:audit:.
LOCK = .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help up preview down status test lint types format engine docs newcheck proof bench lock programs python base pack tools scanner stores node yaml

help: ## List what one can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

up: base pack ## Build the network on the local AWS, judged by the policy pack
	@$(RUN) -m local_cloud $(LOCAL) up

preview: base pack ## Show what a change would do
	@$(RUN) -m local_cloud $(LOCAL) preview

down: base ## Remove the network and stop the local AWS
	@$(RUN) -m local_cloud $(LOCAL) down

status: base ## Say which engine is used and what runs
	@$(RUN) -m local_cloud $(LOCAL) status

engine: base ## Find the Pulumi engine, or build it
	@$(RUN) -m local_cloud engine

test: programs lint types engine pack scanner stores node yaml ## Run every check and every test
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

proof: tools engine pack ## Try more examples of every law, each refusal of AWS, a sweep killed 50 times, and a million malformed property bags (hours)
	@$(SOURCES) $(RUN) -W ignore::DeprecationWarning -m tests.policy_pack.fuzz --bags 1000000
	@EVERY=1 $(RUN) -m pytest tests/infra/test_variants.py tests/engine/test_variants.py --timeout 0
	@EVERY=1 $(RUN) -m pytest tests/engine/test_refusals.py -n 2 --timeout 0
	@EVERY=1 $(RUN) -m pytest tests/engine/test_each_key.py tests/engine/test_changes.py tests/engine/test_examples.py tests/engine/test_moves.py tests/engine/test_adoption.py tests/engine/test_agreement.py tests/engine/test_whole_environment.py -n 2 --dist loadfile --timeout 0
	@EVERY=1 $(RUN) -m pytest tests/policy_pack/mutations tests/policy_pack/test_spellings.py tests/audit/test_judging.py tests/audit/test_reports.py -n 2
	@$(SOURCES) $(RUN) -m bench.sweep 100 1000 10000
	@SWEEP_KILLS=50 $(RUN) -m pytest tests/audit/test_sweep_again.py -k killed --timeout 0
	@FUZZ_EXAMPLES=10000 $(RUN) -m pytest tests/policy_pack/laws tests/policy_pack/fuzz tests/policy_pack/test_spellings.py -n 2 --timeout 0

bench: tools engine pack ## Measure what policy pack, program and audit cost
	@$(SOURCES) $(RUN) -m bench.pack_cost
	@$(RUN) -m bench.preview_cost
	@$(SOURCES) $(RUN) -m bench.filter_queries
	@$(SOURCES) $(RUN) -m bench.sweep
	@$(SOURCES) $(RUN) -m bench.sweep --dask
	@$(SOURCES) $(RUN) -m bench.html_page
	@$(RUN) -m bench.program_cost

lock: tools ## Lock the requirements anew; `make lock UPGRADE=--upgrade` takes the newest
	$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt
	$(LOCK) -c requirements-dev.txt requirements.in -o requirements.txt
	$(LOCK) -c requirements-dev.txt local_cloud/requirements.in -o local_cloud/requirements.txt
	$(LOCK) -c requirements-dev.txt policy_pack/requirements.in -o policy_pack/requirements.txt
	$(LOCK) $(UPGRADE) tests/checkov/requirements.in -o tests/checkov/requirements.txt
	$(LOCK) $(UPGRADE) tests/object_stores/requirements.in -o tests/object_stores/requirements.txt
	$(LOCK) -c requirements-dev.txt component/requirements.in -o component/requirements.txt

# Steps that the others take first; each does nothing when all is in place.

programs:
	@for pair in git:git ps:procps node:nodejs npm:npm chromium:chromium; do \
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

# What the tests of the component in TypeScript, of reports in a browser, and of Azure's object store run on.
node:
	@for packages in tests/engine/typescript tests/audit/browser tests/object_stores/azurite; do \
		installed=.local/$${packages##*/}; \
		cmp -s $$packages/package-lock.json $$installed/installed.json || { \
			echo "Installing Node.js packages into $$installed ..." && mkdir -p $$installed && \
			cp $$packages/package.json $$packages/package-lock.json $$installed/ && \
			(cd $$installed && npm ci --ignore-scripts --no-audit --no-fund --loglevel error) && \
			cp $$packages/package-lock.json $$installed/installed.json; \
		} || exit 1; \
	done

# Pulumi's own plugin for YAML, built with the Go that builds the engine.
yaml:
	@cmp -s tests/engine/yaml/go.sum .local/yaml/built.sum || { \
		{ command -v go || { echo "error: the tests need Go: https://go.dev/doc/install" >&2; false; }; } >/dev/null && \
		echo "Building Pulumi's plugin for YAML, once (a minute) ..." && mkdir -p .local/yaml && \
		(cd tests/engine/yaml && CGO_ENABLED=0 go build -mod=readonly -buildvcs=false -trimpath \
			-tags osusergo,grpcnotrace -ldflags '-s -w' -o ../../../.local/yaml/ \
			github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml) && \
		cp tests/engine/yaml/go.sum .local/yaml/built.sum; \
	}

base: python
	@$(INSTALL) .venv requirements.txt local_cloud/requirements.txt

tools: base
	@$(INSTALL) .venv requirements-dev.txt

pack: python
	@$(INSTALL) policy_pack/venv policy_pack/requirements.txt

scanner: python
	@$(INSTALL) .local/checkov tests/checkov/requirements.txt

stores: python
	@$(INSTALL) .local/object_stores tests/object_stores/requirements.txt
