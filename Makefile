# Makefile: build, run and test Rubrica; `make help` tells the targets
# SPDX-License-Identifier: MIT

# What whoever calls make may set, on the command line or in the environment.
PORT ?= 8080
VAR ?= var
LISTEN ?= 127.0.0.1
PROXY ?=
ADMIN_EMAIL ?=
ADMIN_PASSWORD ?=
KEY ?=
SCOPES ?=
EXPIRES ?=
BUILD ?= build
SAN ?=
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= $(or $(SECONDS),30)
SUITES ?=
CASES ?=

# The programs read their options from the environment. $(value) takes them
# as they were written: a dollar sign in a password is a dollar sign.
export RUBRICA_HOME = $(CURDIR)
export RUBRICA_VAR = $(value VAR)
export RUBRICA_PORT = $(value PORT)
export RUBRICA_LISTEN = $(value LISTEN)
export RUBRICA_PROXY = $(value PROXY)
export RUBRICA_ADMIN_EMAIL = $(value ADMIN_EMAIL)
export RUBRICA_ADMIN_PASSWORD = $(value ADMIN_PASSWORD)
export RUBRICA_TOKEN_SCOPES = $(value SCOPES)
export RUBRICA_TOKEN_EXPIRES = $(value EXPIRES)
export RUBRICA_CONFIG_KEY = $(value KEY)
# Without VALUE, which is not the same as an empty one, KEY is shown.
ifneq ($(origin VALUE),undefined)
export RUBRICA_CONFIG_VALUE = $(value VALUE)
endif

# Debian 12 packages: to build and run, to check, to test everything, and the
# tools of those who change the program.
RUN_PACKAGES = gcc g++ libc6-dev libfcgi-dev clearsilver-dev libmariadb-dev \
  libcsv-dev libphonenumber-dev libjansson-dev libutf8proc-dev \
  libuchardet-dev libsodium-dev libxlsxwriter-dev zlib1g-dev \
  libcurl4-openssl-dev ca-certificates \
  libjs-bootstrap5 nginx-light mariadb-server-core mariadb-client
CHECK_PACKAGES = $(RUN_PACKAGES) libcmocka-dev python3
TEST_PACKAGES = $(CHECK_PACKAGES) chromium tidy libeatmydata1 \
  $(if $(shell command -v node),,nodejs) $(if $(shell command -v npm),,npm)
TOOL_PACKAGES = $(CHECK_PACKAGES) clang-14 clang-format-14 clang-tidy-14 \
  libclang-rt-14-dev cppcheck shellcheck valgrind wrk

CCACHE := $(shell command -v ccache)
CC = $(CCACHE) gcc
CXX = $(CCACHE) g++

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wvla \
  -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef -Wswitch-enum \
  -Wimplicit-fallthrough -Wnull-dereference -Wduplicated-cond \
  -Wduplicated-branches -Wlogical-op -Werror
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
ifneq ($(SAN),)
BUILD := $(BUILD)-san
SANFLAGS = -fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all
HARDEN = -fPIE
endif
export RUBRICA_BUILD = $(BUILD)
CPPFLAGS = -Icgi-bin -isystem /usr/include/ClearSilver \
  -isystem /usr/include/mariadb -D_GNU_SOURCE -MMD -MP
CFLAGS = -std=c11 -O2 -g -include base/banned.h $(WARN) $(HARDEN) $(SANFLAGS)
CXXFLAGS = -std=c++17 -O2 -g -Wall -Wextra -Werror $(HARDEN) $(SANFLAGS)
LDFLAGS = -pie -Wl,-z,relro,-z,now -pthread $(SANFLAGS)

# libcurl brings many libraries: only into programs that use it.
BASE_LIBS = -lphonenumber -lstdc++ -ljansson -lutf8proc -lsodium -lm \
  -Wl,--push-state,--as-needed -lcurl -Wl,--pop-state
STORAGE_LIBS = -lmariadb
DOMAIN_LIBS = -lcsv -luchardet -lxlsxwriter
WEB_LIBS = -lfcgi -lneo_cgi -lneo_cs -lneo_utl -lz

LAYERS = base model storage domain web worker sender cli
sources = $(wildcard cgi-bin/$(1)/*.c cgi-bin/$(1)/*/*.c cgi-bin/$(1)/*.cc)
objects = $(patsubst cgi-bin/%,$(BUILD)/%.o,$(call sources,$(1)))

PROGRAMS = $(if $(wildcard cgi-bin/web/*.c),$(BUILD)/rubrica-web) \
  $(if $(wildcard cgi-bin/worker/*.c),$(BUILD)/rubrica-worker) \
  $(if $(wildcard cgi-bin/sender/*.c),$(BUILD)/rubrica-sender) \
  $(if $(wildcard cgi-bin/cli/*.c),$(BUILD)/rubrica)

.PHONY: all
all: $(PROGRAMS) ## build the programs

$(BUILD)/%.c.o: cgi-bin/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@
$(BUILD)/%.cc.o: cgi-bin/%.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -c $< -o $@

define layer_library
$(BUILD)/lib$(1).a: $(call objects,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer_library,$(l))))

# Each layer links those under it, and only those.
UP_base = base
UP_model = model $(UP_base)
UP_storage = storage $(UP_model)
UP_domain = domain $(UP_storage)
UP_web = web $(UP_domain)
UP_worker = worker $(UP_domain)
UP_sender = sender $(UP_domain)
UP_cli = cli $(UP_domain)
LIBS_base = $(BASE_LIBS)
LIBS_model = $(BASE_LIBS)
LIBS_storage = $(STORAGE_LIBS) $(BASE_LIBS)
LIBS_domain = $(DOMAIN_LIBS) $(LIBS_storage)
LIBS_web = $(WEB_LIBS) $(LIBS_domain)
LIBS_worker = $(LIBS_domain)
LIBS_sender = $(LIBS_domain)
LIBS_cli = $(LIBS_domain)
archives = $(foreach l,$(UP_$(1)),$(BUILD)/lib$(l).a)

define program
$(BUILD)/$(1): $(call archives,$(2))
	$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.a,$$^) $$(LIBS_$(2))
endef
$(eval $(call program,rubrica-web,web))
$(eval $(call program,rubrica-worker,worker))
$(eval $(call program,rubrica-sender,sender))
$(eval $(call program,rubrica,cli))

# Unit tests: tests/unit/<layer>/test_*.c links its own layer and those under.
# Store tests need a running database: tests/unit/storage links what storage
# links, tests/store what the worker links.
define test_programs
TESTS_$(1) = $(patsubst tests/$(2)/%.c,$(BUILD)/$(2)/%,$(wildcard tests/$(2)/test_*.c))
$(BUILD)/$(2)/%: tests/$(2)/%.c $(call archives,$(3))
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) -Itests $$(CFLAGS) $$(LDFLAGS) -o $$@ $$< $(call archives,$(3)) $$(LIBS_$(3)) -lcmocka
endef
$(foreach l,$(LAYERS),$(eval $(call test_programs,$(l),unit/$(l),$(l))))
$(eval $(call test_programs,store,store,worker))
UNITS = $(foreach l,$(filter-out storage,$(LAYERS)),$(TESTS_$(l)))
STORES = $(TESTS_storage) $(TESTS_store)
export RUBRICA_UNIT_TESTS = $(UNITS)
export RUBRICA_STORE_TESTS = $(STORES)

.PHONY: unit test-programs
unit: $(UNITS) ## the unit tests: no database, no network, no clock
	@for t in $(UNITS); do echo "== $$t"; $$t || exit 1; done
test-programs: $(UNITS) $(STORES)

# Installs those packages of a list that are missing; nothing is asked and
# nothing is fetched when none is.
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)
define install
@have=" $$(dpkg-query -W -f='$${db:Status-Status}:$${Package} ' $(1) \
    2>/dev/null)"; missing=; \
for p in $(1); do \
	case "$$have" in *" installed:$$p "*) ;; *) missing="$$missing $$p";; esac; \
done; \
[ -z "$$missing" ] || { \
	echo "Installing$$missing"; \
	$(SUDO) apt-get -q update; \
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
	    -o DPkg::Lock::Timeout=300 install --no-install-recommends $$missing; \
}
endef
submake = @$(MAKE) -s --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: packages run start stop token config migrate
packages: ## install the Debian packages that running needs
	$(call install,$(RUN_PACKAGES))

run: packages ## build and run in the foreground, on PORT, with the data in VAR
	$(submake) all
	@RUBRICA_WITH_PARENT=1 exec $(BUILD)/rubrica serve

start: packages ## the same in the background; returns when it answers
	$(submake) all
	@$(BUILD)/rubrica start

stop: ## stop what run or start has started on VAR
	@if [ -x $(BUILD)/rubrica ]; then exec $(BUILD)/rubrica stop; fi

token: $(BUILD)/rubrica ## print a new API token of the first admin (make -s token)
	@$(BUILD)/rubrica token

config: $(BUILD)/rubrica ## set one setting: KEY= VALUE=; or show it, or all
	@$(BUILD)/rubrica config

migrate: $(BUILD)/rubrica ## bring the database's tables up to date
	@$(BUILD)/rubrica migrate

.PHONY: check test lint bench bench-programs
check: ## build, lint and unit tests: under a minute, before every commit
	$(call install,$(CHECK_PACKAGES))
	$(submake) all $(UNITS)
	@$(MAKE) -s --no-print-directory lint unit

test: ## every test, the browser ones too, or SUITES=; ends with the sum
	$(call install,$(TEST_PACKAGES))
	$(submake) all test-programs
	@python3 tests/support/run_tests.py $(SUITES)

LINTS = layers pages templates words sizes
lint: ## the programs that hold the house rules
	@for l in $(LINTS); do python3 tests/lint/$$l.py || exit 1; done
	@sh tests/lint/headers.sh
	@python3 tests/lint/selftest.py -q
	@! command -v clang-format >/dev/null || \
	  $(MAKE) -s --no-print-directory format-check

# Programs of the benchmarks: tests/bench/*.c, linked like rubrica-web. They
# use the libraries directly where they are what we are compared with.
BENCHES = $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
$(BUILD)/bench/%: tests/bench/%.c $(call archives,web)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(call archives,web) \
	  $(LIBS_web)
bench-programs: $(BENCHES)
BENCH_OPTIONS ?=
.PHONY: cases
cases: ## a folder of cases from outside through the API: CASES=
	$(call install,$(TEST_PACKAGES))
	$(submake) all
	@python3 tests/support/cases.py $(CASES)

bench: ## the benchmarks, as ratios within one run
	$(call install,$(TEST_PACKAGES) wrk)
	$(submake) all bench-programs
	@python3 tests/bench/run.py $(BENCH_OPTIONS)

C_FILES = $(shell find cgi-bin tests -name node_modules -prune -o -name '*.[ch]' -print -o -name '*.cc' -print)
.PHONY: format format-check analyze valgrind fuzz fuzzers help clean
format: ## clang-format every C file
	clang-format -i $(C_FILES)
format-check: ## say where clang-format would change something
	clang-format --dry-run -Werror $(C_FILES)

analyze: ## static analysis: gcc -fanalyzer, clang-tidy, cppcheck, shellcheck
	$(call install,$(TOOL_PACKAGES))
	$(submake) BUILD=build-analyze 'CFLAGS=$(CFLAGS) -fanalyzer' all
	printf '%s\n' $(foreach l,$(LAYERS),$(filter %.c,$(call sources,$(l)))) | \
	  xargs -n 8 -P $(JOBS) sh -c 'clang-tidy-14 --quiet "$$@" -- -std=c11 \
	  $(filter-out -MMD -MP,$(CPPFLAGS)) 2>&1' sh
	cppcheck -q --error-exitcode=1 --inline-suppr --std=c11 \
	  --enable=warning,performance,portability \
	  --suppress=ctuuninitvar -Icgi-bin cgi-bin
	shellcheck .ci/run $(wildcard tests/*/*.sh)

# The phone library keeps its tables for as long as the program runs.
valgrind: ## the unit tests under valgrind
	$(call install,$(TOOL_PACKAGES))
	$(submake) $(UNITS)
	@for t in $(UNITS); do echo "== $$t"; valgrind -q --leak-check=full \
	  --show-leak-kinds=definite --errors-for-leak-kinds=definite \
	  --suppressions=tests/support/valgrind.supp --error-exitcode=9 $$t || exit 1; done

# Fuzz programs: tests/fuzz/fuzz_<what>.c, seeds in tests/fuzz/corpus/<what>/.
FUZZERS = $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz/%: tests/fuzz/%.c $(call archives,web)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@.o $<
	$(CXX) $(LDFLAGS) -fsanitize=fuzzer -o $@ $@.o $(call archives,web) \
	  $(LIBS_web)
fuzzers: $(FUZZERS)
	@for f in $(FUZZERS); do n=$${f##*/fuzz_}; mkdir -p $(BUILD)/corpus/$$n; \
	  echo "== $$n"; $$f -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=1024 -verbosity=0 \
	  -artifact_prefix=$(BUILD)/corpus/ $(BUILD)/corpus/$$n \
	  $$(ls -d tests/fuzz/corpus/$$n 2>/dev/null) || exit 1; done
fuzz: ## every fuzz program for SECONDS=30 each
	$(call install,$(TOOL_PACKAGES))
	$(submake) BUILD=build-fuzz SAN=fuzzer-no-link,address,undefined \
	  CC=clang-14 CXX=clang++-14 WARN=-Wall fuzzers

help: ## this list
	@echo 'make <target> [PORT=8080] [VAR=var] [LISTEN=127.0.0.1] [ADMIN_EMAIL=] [ADMIN_PASSWORD=]'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | \
	  while IFS='|' read -r t s; do printf '  %-13s %s\n' "$$t" "$$s"; done

clean: ## remove what was built; VAR stays
	rm -rf build build-san build-analyze build-fuzz

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
