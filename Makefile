# Every target works on a fresh machine with Python >= 3.11 and its pip.
PY := .venv/bin/python
STAMP := .venv/.ready
# a file of tests is one process's; two of them at once
SHARED := -n 2 --dist loadfile

.PHONY: setup demo test check lint fast bench faults weights lock
setup: $(STAMP)

# uv where it is to be had, else pip; versions and hashes come from the lock file either way.
$(STAMP): requirements/dev.txt pyproject.toml
	python3 -m venv .venv
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install -q --python $(PY) --require-hashes -r requirements/dev.txt && \
	  uv pip install -q --python $(PY) --no-deps -e . ; \
	else \
	  $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt && \
	  $(PY) -m pip install -q --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $(STAMP)

demo: setup
	.venv/bin/wangge demo

# Everything: both databases, a browser, processes killed at random.
test: setup
	$(PY) -m pytest -m "" $(SHARED)

# The fast ring: under a minute. Types are checked beside the tests.
check: setup
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint fast

lint: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

fast: setup
	$(PY) -m pytest -m "not slow" -n 2 --dist worksteal

bench: setup
	$(PY) -W ignore -m bench.intake
	$(PY) -W ignore -m bench.outbox
	$(PY) -W ignore -m bench.delivery
	$(PY) -W ignore -m bench.gateways
	$(PY) -W ignore -m bench.province
	$(PY) -W ignore -m bench.clock
	$(PY) -W ignore -m bench.exporting
	$(PY) -W ignore -m bench.storm
	@if [ -d ../shared/data ]; then $(PY) -W ignore -m bench.tagging; else echo "bench.tagging: give it a folder of messages"; fi

# The long forms: killed at every single point and at random, every story restarted, on both databases, through both
# libraries; every cell of who may do what; ten thousand hostile inputs. The better part of an hour.
faults: setup
	$(PY) -m pytest -m "" tests/running/test_faults.py tests/running/test_restarts.py tests/running/test_database_away.py \
	  tests/telegram/test_kills.py tests/telegram/test_fuzz.py tests/conversations/test_permissions.py -s --long

# What is understood, learned anew from the taxonomy and the example sentences.
weights: setup
	.venv/bin/wangge learn --out config/weights.npz

lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements/dev.txt
