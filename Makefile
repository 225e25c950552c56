# Makefile: build, run and test Rubrica; `make help` tells the targets
BUILD ?= build
CC = $(shell command -v ccache) gcc
CXX = $(shell command -v ccache) g++

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wvla \
  -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef -Wswitch-enum \
  -Wimplicit-fallthrough -Wnull-dereference -Wduplicated-cond \
  -Wduplicated-branches -Wlogical-op -Werror
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
SAN ?=
ifneq ($(SAN),)
BUILD := $(BUILD)-san
SANFLAGS = -fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all
HARDEN = -fPIE
endif
CPPFLAGS = -Icgi-bin -isystem /usr/include/ClearSilver \
  -isystem /usr/include/mariadb -D_GNU_SOURCE -MMD -MP
CFLAGS = -std=c11 -O2 -g -include base/banned.h $(WARN) $(HARDEN) $(SANFLAGS)
CXXFLAGS = -std=c++17 -O2 -g -Wall -Wextra -Werror $(HARDEN) $(SANFLAGS)
LDFLAGS = -pie -Wl,-z,relro,-z,now -pthread $(SANFLAGS)

BASE_LIBS = -lphonenumber -lstdc++ -ljansson -lutf8proc -lsodium -lm
STORAGE_LIBS = -lmariadb
DOMAIN_LIBS = -lcsv -luchardet
WEB_LIBS = -lfcgi -lneo_cgi -lneo_cs -lneo_utl -lz

LAYERS = base model storage domain web worker cli
sources = $(wildcard cgi-bin/$(1)/*.c cgi-bin/$(1)/*/*.c cgi-bin/$(1)/*.cc)
objects = $(patsubst cgi-bin/%,$(BUILD)/%.o,$(call sources,$(1)))

.PHONY: all
PROGRAMS = $(if $(wildcard cgi-bin/web/*.c),$(BUILD)/rubrica-web) \
  $(if $(wildcard cgi-bin/worker/*.c),$(BUILD)/rubrica-worker) \
  $(if $(wildcard cgi-bin/cli/*.c),$(BUILD)/rubrica)
all: $(PROGRAMS)

$(BUILD)/%.c.o: cgi-bin/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@
$(BUILD)/%.cc.o: cgi-bin/%.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -c $< -o $@

define layer_library
$(BUILD)/lib$(1).a: $(call objects,$(1))
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
UP_cli = cli $(UP_domain)
LIBS_base = $(BASE_LIBS)
LIBS_storage = $(STORAGE_LIBS) $(BASE_LIBS)
LIBS_domain = $(DOMAIN_LIBS) $(LIBS_storage)
LIBS_web = $(WEB_LIBS) $(LIBS_domain)
LIBS_worker = $(LIBS_domain)
LIBS_cli = $(LIBS_domain)
archives = $(foreach l,$(UP_$(1)),$(BUILD)/lib$(l).a)

define program
$(BUILD)/$(1): $(call archives,$(2))
	$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.a,$$^) $$(LIBS_$(2))
endef
$(eval $(call program,rubrica-web,web))
$(eval $(call program,rubrica-worker,worker))
$(eval $(call program,rubrica,cli))

# Unit tests: tests/unit/<layer>/test_*.c links its own layer and those under.
define unit_tests
UNIT_$(1) = $(patsubst tests/unit/$(1)/%.c,$(BUILD)/unit/$(1)/%,$(wildcard tests/unit/$(1)/test_*.c))
$(BUILD)/unit/$(1)/%: tests/unit/$(1)/%.c $(call archives,$(1))
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) -Itests $$(CFLAGS) $$(LDFLAGS) -o $$@ $$< $(call archives,$(1)) $$(LIBS_$(1)) -lcmocka
endef
$(foreach l,base storage domain web,$(eval $(call unit_tests,$(l))))
UNITS = $(UNIT_base) $(UNIT_storage) $(UNIT_domain) $(UNIT_web)

.PHONY: unit
unit: $(UNITS)
	@for t in $(UNITS); do echo "== $$t"; $$t || exit 1; done

.PHONY: check
check: all unit

.PHONY: format format-check clean
format:
	clang-format -i $$(find cgi-bin tests -name '*.[ch]' -o -name '*.cc' | grep -v node_modules)
format-check:
	clang-format --dry-run -Werror $$(find cgi-bin tests -name '*.[ch]' -o -name '*.cc' | grep -v node_modules)
clean:
	rm -rf $(BUILD) $(BUILD)-san

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
