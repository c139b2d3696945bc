# SPDX-License-Identifier: MIT
# tape: make, make demo, make check, make install; see README.md.
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
CXX ?= c++
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
CXXFLAGS ?= $(CFLAGS)
FUZZ_RUNS ?= 20000
B ?= build

VERSION = 0.1.0

WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Wimplicit-fallthrough $(WERROR)
# Hardening of the OpenSSF guide, as far as this compiler has it.
HARDEN_TRY = -fstack-protector-strong -fstack-clash-protection \
	-fcf-protection=full -ftrivial-auto-var-init=zero -fstrict-flex-arrays=3
ifeq ($(origin HARDEN),undefined)
HARDEN := $(shell for f in $(HARDEN_TRY); do echo 'int x;' | \
	$(CC) -Werror $$f -x c -c -o /dev/null - 2>/dev/null && echo $$f; done) \
	-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
endif
LDHARDEN ?= -pie -Wl,-z,relro,-z,now,-z,noexecstack

DEPS_PC = jansson libcrypto zlib
PC_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(DEPS_PC) 2>/dev/null)
PC_LIBS := $(shell $(PKG_CONFIG) --libs $(DEPS_PC) 2>/dev/null || \
	echo -ljansson -lcrypto -lz)
override CPPFLAGS += -Ilib -D_GNU_SOURCE -DTAPE_VERSION='"$(VERSION)"' \
	$(PC_CFLAGS)
COMMON = -fPIE -ffp-contract=off -MMD -MP $(HARDEN)
# A program loads what it uses and no more: it starts in a millisecond.
LIBS = -static-libgcc -Wl,--as-needed $(PC_LIBS) -lcsv \
	-Wl,--push-state,-Bstatic -lstdc++ -Wl,--pop-state -lm

LIB_SRC = $(wildcard lib/*/*.c)
LIB_OBJ = $(LIB_SRC:%.c=$B/%.o) $B/lib/base/real.o
TOOLS = $(notdir $(basename $(wildcard cmd/*.c)))
BIN = $(TOOLS:%=$B/bin/%)
UNIT = $(patsubst tests/%.c,$B/%,$(wildcard tests/unit/*_test.c))
BENCH = $(patsubst tests/%.c,$B/%,$(wildcard tests/bench/*.c))
FUZZ = $(patsubst tests/%.c,$B/%,$(wildcard tests/fuzz/*_fuzz.c))

all: $(BIN)

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c17 $(WARN) $(COMMON) $(CFLAGS) -c -o $@ $<

$B/%.o: %.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) -std=c++17 -fno-exceptions -fno-rtti -Wall -Wextra \
	    $(WERROR) $(COMMON) $(CXXFLAGS) -c -o $@ $<

$B/libtape.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

LINK = @mkdir -p $(@D) && echo link $@ && $(CC) $(CFLAGS) $(LDHARDEN) \
	$(LDFLAGS) -o $@ $^ $(LIBS)

$(BIN): $B/bin/%: $B/cmd/%.o $B/libtape.a
	$(LINK)

$(UNIT) $(BENCH) $(FUZZ): $B/%: $B/tests/%.o $B/libtape.a
	$(LINK)

unit: $(UNIT)

deps:
	@.ci/deps build

demo: deps
	@$(MAKE) -s all
	@B=$B sh examples/demo.sh

check:
	@.ci/deps check
	@$(MAKE) all unit
	@B=$B tests/check

# Another build of everything with other flags, in a folder beside this one.
VARIANT = $(MAKE) HARDEN= LDHARDEN=

sanitize: SAN = -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize:
	@$(VARIANT) B=$B/asan CFLAGS='-O1 -g -fno-omit-frame-pointer $(SAN)' \
	    all unit
	@B=$B/asan tests/check unit cases

valgrind: export WRAP = valgrind -q --leak-check=full --error-exitcode=9
valgrind: unit
	@B=$B TAPE_SHARED=/nonexistent tests/check unit

fuzz: SAN = address,undefined -fno-sanitize-recover=all
fuzz:
	@$(VARIANT) B=$B/fuzzing CC=clang CXX=clang++ \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,$(SAN)' \
	    LDFLAGS=-fsanitize=fuzzer fuzzers
	@B=$B/fuzzing FUZZ_RUNS=$(FUZZ_RUNS) tests/check fuzz

soak: all
	@B=$B tests/soak/forge.sh 5000

fuzzers: $(FUZZ)

benches: $(BENCH)

bench: all benches
	@B=$B tests/bench/run

lint:
	@.ci/deps lint
	@B=$B .ci/lint

generate: all
	B=$B .ci/generate .

install: all
	@B=$B DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' .ci/install

uninstall:
	@B=$B DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' .ci/install --remove

clean:
	rm -rf $B

.PHONY: all unit deps demo check sanitize valgrind fuzz fuzzers benches bench \
	lint generate install uninstall soak clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(wildcard $B/cmd/*.d $B/tests/*/*.d)
