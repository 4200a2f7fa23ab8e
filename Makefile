# `make help` says what there is. Needs make and Python 3.11.2 to 3.14; PYTHON=python3.13 chooses one.
# The ledger of equations stands only if the tests it names pass: PROOFS runs those that something has changed for.
# PIP_ARGS goes to pip, for example PIP_ARGS="--no-index --find-links wheels".
PYTHON   ?= python3
BIN      := .venv/bin
PROOFS   := $(BIN)/python -m tlsbook.ledger
UNCHANGED := $(BIN)/python -m tlsbook.unchanged
BUILD    := $(BIN)/jupyter-book build . -q -W -n --keep-going
# Which Python the set-up is made by, and where; .venv/.installed says so once it is complete.
SETUP    := $(shell $(PYTHON) --version) in $(CURDIR)

.PHONY: help book strict test check lab notroot data picture student pdf constraints bench clean
help:                    ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' $(MAKEFILE_LIST) | while IFS=: read name what; do printf 'make %-13s%s\n' $$name "$$what"; done

ifneq ($(SETUP),$(shell cat .venv/.installed 2>/dev/null))
.PHONY: .venv/.installed
endif
.venv/.installed: requirements.txt constraints.txt lib/pyproject.toml lib/tlsbook/npm/package-lock.json
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check $(PIP_ARGS) -c constraints.txt -r requirements.txt
	$(BIN)/python -m tlsbook.mathjax
	echo '$(SETUP)' > $@

book: .venv/.installed   ## build the site: open _build/html/index.html
	$(PROOFS)
	@$(UNCHANGED) || { echo '$(BUILD)'; $(BUILD); }

strict: .venv/.installed ## build every page anew; the outputs of the cells are kept
	rm -rf _build/html _build/.doctrees _build/jupyter_execute
	$(PROOFS)
	$(BUILD)

test: .venv/.installed   ## run the tests of library, data and book
	$(BIN)/python -m pytest -n 2 --dist loadfile
	@echo "Not looked at here: the built pages. 'make check' does that, in chromium."

check: book              ## look at every page of the site in a headless chromium without a network
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/book/site

lab: notroot book    ## open the chapters in JupyterLab, as copies in lab/; its options in LAB_ARGS="--port 9000"
	$(BIN)/python -m tlsbook.lab _build/html/_sources/chapters lab
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" $(LAB_ARGS) lab/intro.ipynb

notroot:
	@[ "$$(id -u)" != 0 ] || case " $(LAB_ARGS) " in *" --allow-root "*) ;; *) \
	  echo "Jupyter does not start as root unless told to: make lab LAB_ARGS=--allow-root" >&2; exit 1;; esac

data: .venv/.installed   ## compute data/ again; one figure with FIG=fig04; on many machines with SCHEDULER=tcp://...
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tlsglass.reproduce $(if $(SCHEDULER),--scheduler $(SCHEDULER)) $(FIG)

picture: .venv/.installed ## draw the picture of the README from data/
	$(BIN)/python -m tlsbook.readme_picture

student: .venv/.installed ## build the edition without solutions: open _build/student/_build/html/index.html
	$(PROOFS)
	$(BIN)/python -m tlsbook.student _build/student
	cd _build/student && ../../$(BUILD)

pdf: .venv/.installed    ## print the book to _build/book.pdf, or chapters of it: CHAPTERS="09-concurrence"; needs chromium
	$(PROOFS)
	$(BUILD) --builder singlehtml --path-output _build/pdf
	cp _build/pdf/_build/singlehtml/chapters/intro.html _build/pdf/_build/singlehtml/book.html # its links start there
	$(BIN)/python -m tlsbook.pdf _build/pdf/_build/singlehtml/book.html _build/book.pdf $(CHAPTERS)

constraints: .venv/.installed ## resolve constraints.txt anew, for every Python from 3.11.2 on, in one file
	$(BIN)/python -m pip install -q --disable-pip-version-check $(PIP_ARGS) uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11.2 --fork-strategy fewest --no-annotate \
	  --no-emit-package tlsglass --custom-compile-command "make constraints" $(UV_ARGS) -o constraints.txt requirements.txt

clean:                   ## forget all that was built; what took long to compute, in _build/ensembles, stays
	[ ! -d _build ] || find _build -mindepth 1 -maxdepth 1 ! -name ensembles -exec rm -rf {} +

bench: .venv/.installed  ## measure speed side by side, in about 5 minutes; BENCH_ARGS=--keep for the book's page on cost
	OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python tests/benchmarks $(BENCH_ARGS)
