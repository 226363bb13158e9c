# `make run` and `make test` do all the set-up; nothing else is needed on a new machine.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check format messages bench clean

run: .venv/run.done
	$(BIN)/streamlit run app.py

test: .venv/test.done
	HF_HUB_OFFLINE=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: .venv/test.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/test.done
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: .venv/test.done
	$(BIN)/python -m tests.catalogues

bench: .venv/run.done
	HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.done: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

.venv/test.done: requirements-dev.txt .venv/run.done
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache
