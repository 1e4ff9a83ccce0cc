# GPKeys: everything a person does with this tree. `make` or `make help` lists it.
PY := .venv/bin/python
# When it is newer than what it was made from, everything is installed.
READY := .venv/.ready
PROFILE ?= default
MINUTES ?= 30
BENCH ?= full
VERSION = $(shell sed -n 's/^version=//p' metadata.txt)
# `CLIENT_SECRET=… make package` hands it over in the environment; behind `make`, it would be seen in `ps`.
export CLIENT_SECRET

.DEFAULT_GOAL := help
.NOTPARALLEL:
# Python is started hundreds of times: without its compiled files it compiles anew what it imports, each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup venv demo demo-gui test test-peers test-matrix lint format package package-store release install i18n gallery screenshots help-pages drawing bench kill faults refuse walk soak clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## install what is missing: QGIS from the distribution, Python packages in .venv

$(READY): tests/requirements.txt tests/tooling/bootstrap.sh
	@sh tests/tooling/bootstrap.sh
	@touch $@

venv: ## make .venv only, where QGIS was installed some other way
	@sh tests/tooling/bootstrap.sh --venv-only
	@touch $(READY)

demo: setup i18n ## the whole job against the simulator, pictures and a summary in build/demo
	@$(PY) -m tests.end_to_end.demo build/demo

demo-gui: setup i18n ## open QGIS, throw-away profile, with the dock signed in to the simulator (needs a display)
	@$(PY) -m tests.end_to_end.demo --gui build/demo-gui

test: setup i18n ## all suites; SUITES="unit qgis" for some
	@$(PY) -m tests.tooling.suites $(SUITES)

test-peers: setup i18n ## what is written, drawn from MapServer and MapProxy in the place of our own server
	@$(PY) -m tests.tooling.suites peers

test-matrix: setup i18n ## all suites on QGIS 3.22, 3.40 and 3.44, in folders made by debootstrap (root); MINUTES=90 is a limit
	@$(PY) -m tests.tooling.matrix $(if $(filter command line environment,$(origin MINUTES)),--minutes $(MINUTES))

lint: setup i18n ## ruff, mypy, vermin, flake8-qgis, bandit, detect-secrets, house rules
	@$(PY) -m tests.tooling.lint

format: setup ## let ruff lay out the code and mend what it can
	@$(PY) -m ruff check --fix --exit-zero --quiet .
	@$(PY) -m ruff format .

package: setup i18n ## dist/gpkeys_plugin.<version>.zip; CLIENT_SECRET=… puts that secret in it
	@$(PY) -m tests.tooling.package dist

package-store: setup i18n ## the same for the plugin store, whose rules are applied to it: no client secret
	@$(PY) -m tests.tooling.package dist --for-store
	@$(PY) -m tests.tooling.store_rules dist/gpkeys_plugin.$(VERSION).zip

release: setup i18n ## build what goes out, twice, apply the store's rules, say what to upload; ONLINE=1 asks addresses
	@$(PY) -m tests.tooling.release dist $(if $(ONLINE),--online)

install: setup i18n ## install the plugin into a QGIS profile; PROFILE=default
	@$(PY) -m tests.tooling.install --profile "$(PROFILE)"

i18n: setup ## compile the French translation
	@$(PY) -m tests.tooling.translations compile

gallery: setup i18n ## a picture of each state of the window in build/gallery
	@$(PY) -m tests.gui.gallery build/gallery

screenshots: setup i18n ## the README's pictures of today's window, out of the demo, and the help's
	@$(PY) -m tests.end_to_end.screenshots docs/pictures
	@$(PY) -m tests.gui.help.pictures gpkeys_plugin/resources/help

help-pages: setup i18n ## make the help's pages of algorithms and its table of verdicts from what the plugin says
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.tooling.help_pages

bench: setup i18n ## what each thing takes beside a plain client, how it grows, QGIS's start; BENCH=quick: 3 minutes
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks.round_trips build/bench $(BENCH)
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks.large_download build/bench $(BENCH)
ifneq ($(BENCH),quick)
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks.growth build/bench
	@$(PY) -m tests.benchmarks.start build/bench
	@$(PY) -m tests.benchmarks.project_files build/bench
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks.large_accounts build/bench
endif

kill: setup i18n ## end each job at each request and step, next start, both ways out; tables in build/kill
	@rm -rf build/kill && mkdir -p build/kill
	@GPKEYS_KILL_TABLE=build/kill QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -o faulthandler_timeout=0 tests/qgis/jobs/kills tests/qgis/jobs/downloads/test_killed_downloads.py

faults: setup i18n ## strike each request of each job with each fault, then take the way out; tables in build/faults
	@rm -rf build/faults && mkdir -p build/faults
	@GPKEYS_FAULT_TABLE=build/faults QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -o faulthandler_timeout=0 tests/qgis/jobs/faults tests/qgis/jobs/downloads/test_struck_downloads.py

refuse: setup i18n ## have the profile refuse each job at every third step, as root; tables in build/refuse
	@rm -rf build/refuse && mkdir -p build/refuse
	@GPKEYS_REFUSAL_TABLE=build/refuse QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -o faulthandler_timeout=0 tests/qgis/jobs/refusals tests/qgis/jobs/downloads/test_refused_downloads.py

walk: setup i18n ## a walk at random over jobs, faults and kills, the shortest way to a finding printed; MINUTES=30
	@GPKEYS_WALK_MINUTES=$(MINUTES) QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -o faulthandler_timeout=0 tests/qgis/jobs/walk

soak: setup i18n ## 5000 short jobs and 500 reloads under load, each job cut off at each point (most of an hour)
	@GPKEYS_SOAK=1 QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -o faulthandler_timeout=0 tests/qgis/jobs/running/test_task.py tests/qgis/jobs/kills/test_unloads.py
	@GPKEYS_SOAK=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/end_to_end/test_lifecycle.py tests/end_to_end/test_jobs_cut_off.py

drawing: setup ## draw the house anew from its imports, in docs/ARCHITECTURE.md
	@$(PY) -m tests.tooling.architecture_drawing

clean: ## remove what was made, but not .venv
	rm -rf build dist gpkeys_plugin/i18n/*.qm .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find gpkeys_plugin tests -name __pycache__ -type d -prune -exec rm -rf {} +
