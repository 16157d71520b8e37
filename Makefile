# make site    set up, build kbtool's own help center and say how to look at it
# make test    set up, and run everything that must pass: style, types, tests (with a real browser)
# make scripts build the scripts of the search anew from theme/source (needs npm)
# make gates   what takes longer than the tests (Linux, as root), into gates/RESULTS.md
# make bench   measure against the anchors (needs the corpora beside the checkout), into bench/RESULTS.md
# make lock    write the locked dependencies anew from pyproject.toml
# make clean   remove what the others made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKED := requirements/run.txt requirements/build.txt

.PHONY: site test style scripts gates bench lock clean

site: $(VENV)/.site
	@$(BIN)/kbtool build
	@echo
	@echo "Your help center is in site/. Look at it:"
	@echo "  $(BIN)/python -m http.server --directory site 8000     then open http://localhost:8000/"
	@echo "Three commands to try next:"
	@echo "  $(BIN)/kbtool search \"lekh kaise likhe\" --lang hi"
	@echo "  $(BIN)/kbtool stale"
	@echo "  $(BIN)/kbtool init my-help"

test: $(VENV)/.test style
	@sh tests/chromium.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile

style: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

scripts: $(VENV)/.test
	$(BIN)/python -m kbtool.search.generate
	@sh theme/source/build.sh

gates: $(VENV)/.test
	@sh gates/tools.sh
	$(BIN)/python -m gates

bench: $(VENV)/.test
	$(BIN)/python bench/results.py

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kbtool needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV) || { echo "The module venv is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.site: $(LOCKED) pyproject.toml | $(VENV)/.made
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.test: requirements/dev.txt pyproject.toml | $(VENV)/.made
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@ $(VENV)/.site

lock:
	cd requirements && uv pip compile build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o build.txt
	cd requirements && uv pip compile ../pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o run.txt
	cd requirements && uv pip compile ../pyproject.toml build.in --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o dev.txt

clean:
	rm -rf $(VENV) site .kbtool dist
