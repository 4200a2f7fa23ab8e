PYTHON ?= python3
BIN    := .venv/bin

.PHONY: book test
.venv/.installed: requirements.txt constraints.txt lib/pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q $(PIP_ARGS) -c constraints.txt -r requirements.txt
	touch $@
