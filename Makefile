# Wurt. The two commands of the README are `make demo` and `make test`; everything else is a part of them.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: sbom help setup demo test check bench deep screenshots lock clean

help:            ## this list
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup:           ## prepare .venv/ and the front-end assets; starts nothing
	@$(PYTHON) tools/setup.py

demo: setup      ## the demo county with server and worker; prints address and logins
	@.venv/bin/wurt demo

test: setup      ## everything that decides whether a change is good, on the embedded database
	@.venv/bin/python tools/chromium.py
	@.venv/bin/python -m pytest -n 3 --dist loadgroup -q --durations=25 $(TESTS)

check: setup     ## lint, types, import contracts, migrations, translations, deployment
	@.venv/bin/python tools/check.py

bench: setup     ## speed and size, printed as a table
	@.venv/bin/python -m benchmarks

deep: setup      ## before an issue is called resolved: 100 kills, then the benchmarks
	@WURT_KILLS=100 .venv/bin/python -m pytest -q -m "race or chaos"
	@.venv/bin/python -m benchmarks

screenshots: setup ## the pictures of the README, made from the demo county
	@.venv/bin/python tools/screenshots.py

sbom: setup      ## the bill of materials of this release: dist/sbom.cdx.json (CycloneDX)
	@.venv/bin/python -m tools.sbom

lock:            ## pin the newest allowed versions of all dependencies
	@$(PYTHON) tools/setup.py --lock

clean:           ## remove what can be made again; keeps var/
	rm -rf .venv .tools node_modules wurt/core/web/static/web/dist
