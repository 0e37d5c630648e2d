# Everything runs in .venv; `make install` alone sets it up. PYTHON names the interpreter to make it with.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: install demo demo-cloud up test lint pins clean

install: $(READY)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("docpipe needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12" if not (3, 11) <= sys.version_info < (3, 14) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
# Where PYTHONDONTWRITEBYTECODE is set, pip compiles nothing and every process would compile all it imports.
# A package may carry a file that this Python cannot compile, and does without.
	-$(BIN)/python -m compileall -q -j 0 .venv/lib docpipe_assets
	touch $(READY)

demo: install
	$(BIN)/docpipe demo

# The demo with every part that a company runs, on this machine. STAY=1 keeps it all running until Ctrl-C.
demo-cloud: install
	$(BIN)/python -m docpipe_tests.demo_cloud $(if $(STAY),--stay)

up: install
	$(BIN)/docpipe up

test: install
	$(BIN)/pytest

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/dagster definitions validate -w workspace.yaml
	$(BIN)/dg check defs

# Pin every package with its hashes, for all supported Pythons and platforms.
pins: install
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --quiet --upgrade --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra deployment --constraint requirements.txt --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --quiet \
		--output-file docker/requirements.txt

clean:
	rm -rf .venv
