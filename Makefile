# Every target works on a fresh machine with Python >= 3.11 and its pip.
PY := .venv/bin/python
STAMP := .venv/.ready

.PHONY: setup demo test check bench
setup: $(STAMP)

# uv where it is to be had, else pip; versions and hashes come from the lock file either way.
$(STAMP): requirements/dev.txt pyproject.toml
	python3 -m venv .venv
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install -q --python $(PY) --require-hashes -r requirements/dev.txt && \
	  uv pip install -q --python $(PY) --no-deps -e . ; \
	else \
	  $(PY) -m pip install -q --require-hashes -r requirements/dev.txt && \
	  $(PY) -m pip install -q --no-deps -e . ; \
	fi
	@touch $(STAMP)

demo: setup
	.venv/bin/wangge demo

test: setup
	$(PY) -m pytest -m ""

# The fast ring: under a minute.
check: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	$(PY) -m pytest -m "not slow"

bench: setup
	$(PY) -m bench.intake
	$(PY) -m bench.outbox

lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements/dev.txt
