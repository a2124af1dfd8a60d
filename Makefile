# Every target does all the set-up it needs, system packages included.
.DEFAULT_GOAL := build
.PHONY: setup build demo test test-release browser-test cron-test slurm-test picture torture sanitize sanitize-thread \
  sanitize-address check lint format bench install clean

SWIFT ?= swift
BUILT := .build/release
PREFIX ?= /usr/local
PACKAGES := libopenblas-dev libhdf5-dev libsqlite3-dev sqlite3 pkg-config
SLURM_PACKAGES := slurm-wlm munge
BROWSER_PACKAGES := chromium chromium-driver node-d3 python3-venv
D3 := /usr/share/nodejs/d3/dist/d3.min.js
RELEASE := -c release --static-swift-stdlib

# Swift is the one prerequisite that is not a Debian package.
define check_swift
version=$$($(SWIFT) --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p'); \
set -- $${version:-0 0}; \
if [ "$$1" -lt 6 ] || { [ "$$1" -eq 6 ] && [ "$$2" -lt 2 ]; }; then \
  echo "Swift 6.2 or later is needed; found: $${version:-no swift at all}. See https://www.swift.org/install" >&2; exit 1; \
fi
endef

define install_packages
missing=; for package in $(PACKAGES); do \
  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
  echo "Installing the system packages that are missing:$$missing"; \
  root=; [ "$$(id -u)" = 0 ] || root=sudo; \
  $$root apt-get update -q && $$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; \
fi
endef

setup:
	@$(check_swift)
	@$(install_packages)

build: setup
	$(SWIFT) build $(RELEASE) --product rll-sweep
	$(SWIFT) build $(RELEASE) --product rll-report

# A practice set, a sweep over it, and what came out. Again: only what is missing is done.
demo: build
	@mkdir -p demo
	@[ -e demo/practice.h5 ] || { echo 'Drawing the practice set demo/practice.h5'; \
	  $(BUILT)/rll-sweep data synthesize demo/practice.h5; }
	$(BUILT)/rll-sweep data evaluate demo/practice.h5
	$(BUILT)/rll-sweep launch sweeps/demo.yaml --store demo/experiments.sqlite
	$(BUILT)/rll-report compare --store demo/experiments.sqlite --sweep demo --by margin,lambda
	@if [ -e $(D3) ]; then \
	  $(BUILT)/rll-report html demo -o demo/report.html --store demo/experiments.sqlite && \
	  echo 'Open demo/report.html in a browser'; \
	else echo 'With the package node-d3, rll-report html demo -o demo/report.html makes a page of it'; fi

# Pages in headless Chromium; what they look like is in demo/pictures. Selenium has an environment of its own.
BROWSER_PYTHON := demo/selenium/bin/python

$(BROWSER_PYTHON):
	@$(MAKE) setup PACKAGES='$(BROWSER_PACKAGES)'
	python3 -m venv demo/selenium
	$(BROWSER_PYTHON) -m pip install -q 'selenium<4.45'

browser-test: demo $(BROWSER_PYTHON)
	REPORT_PROGRAM=$(CURDIR)/$(BUILT)/rll-report SWEEP_PROGRAM=$(CURDIR)/$(BUILT)/rll-sweep \
	  REPORT_STORE=demo/experiments.sqlite REPORT_DATA=demo/practice.h5 REPORT_PICTURES=demo/pictures \
	  PYTHONDONTWRITEBYTECODE=1 $(BROWSER_PYTHON) -m unittest discover -v -s Tests/Browser -p '*_test.py'

# Nights under a real cron of its own; the machine's crontabs and mail are not touched.
cron-test: build
	@$(MAKE) setup PACKAGES=cron
	SWEEP_PROGRAM=$(CURDIR)/$(BUILT)/rll-sweep REPORT_PROGRAM=$(CURDIR)/$(BUILT)/rll-report \
	  PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -v -s Tests/Nightly -p '*_test.py'

# Launches through a real Slurm: a controller and two nodes on this machine, for as long as it takes.
slurm-test: build
	@[ -e demo/practice.h5 ] || { mkdir -p demo; $(BUILT)/rll-sweep data synthesize demo/practice.h5; }
	@$(MAKE) setup PACKAGES='$(SLURM_PACKAGES)'
	SWEEP_PROGRAM=$(CURDIR)/$(BUILT)/rll-sweep REPORT_PROGRAM=$(CURDIR)/$(BUILT)/rll-report \
	  SWEEP_DATA=demo/practice.h5 PYTHONDONTWRITEBYTECODE=1 \
	  python3 -m unittest discover -v -s Tests/Slurm -p '*_test.py'

# The README's picture of a page.
picture: demo $(BROWSER_PYTHON)
	PYTHONDONTWRITEBYTECODE=1 $(BROWSER_PYTHON) Tests/Browser/picture.py demo/report.html docs/report.png

test: setup
	$(SWIFT) test

test-release: setup
	$(SWIFT) test -c release --disable-testable-imports

# Two thousand random kills of launchers and jobs, which must change no bit.
torture: setup
	RLL_TORTURE_KILLS=2000 $(SWIFT) test -c release --disable-testable-imports --filter KillTests

# The tests of the libraries, under each sanitizer in a build folder of its own. Those that run the
# built programs are left out: what they start is timed, killed or held to a limit of memory.
LIBRARY_TESTS := ^(Kernels|Datasets|Training|Sweeps|Store|Runner|Reports)Tests\.

sanitize: sanitize-thread sanitize-address

sanitize-thread: setup
	$(SWIFT) test --sanitize=thread --scratch-path .build/thread --filter '$(LIBRARY_TESTS)'

# The C code also stops at undefined behaviour. Leaks are not looked for: XCTest has its own.
sanitize-address: setup
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --sanitize=address --scratch-path .build/address \
	  -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined --filter '$(LIBRARY_TESTS)'

lint:
	$(SWIFT) format lint --strict -r -p Sources Tests Package.swift

format:
	$(SWIFT) format -i -r -p Sources Tests Package.swift

check: lint test

bench: setup
	$(SWIFT) build -c release --product rll-bench
	$(BUILT)/rll-bench

install: build
	install -d '$(DESTDIR)$(PREFIX)/bin'
	install $(BUILT)/rll-sweep $(BUILT)/rll-report '$(DESTDIR)$(PREFIX)/bin'

clean:
	$(SWIFT) package clean
