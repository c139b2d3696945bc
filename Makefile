# SPDX-License-Identifier: MIT
# tape: make, make demo, make check, make install; see README.md.
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
CXX ?= c++
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
CXXFLAGS ?= $(CFLAGS)
B ?= build

VERSION = 0.1.0

WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Wimplicit-fallthrough $(WERROR)
# Hardening of the OpenSSF guide, as far as this compiler has it.
HARDEN_TRY = -fstack-protector-strong -fstack-clash-protection \
	-fcf-protection=full -ftrivial-auto-var-init=zero -fstrict-flex-arrays=3
HARDEN ?= $(shell for f in $(HARDEN_TRY); do echo 'int x;' | \
	$(CC) -Werror $$f -x c -c -o /dev/null - 2>/dev/null && echo $$f; done) \
	-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
LDHARDEN ?= -pie -Wl,-z,relro,-z,now,-z,noexecstack

DEPS_PC = jansson libcrypto zlib
override CPPFLAGS += -Ilib -D_GNU_SOURCE -DTAPE_VERSION='"$(VERSION)"' \
	$(shell $(PKG_CONFIG) --cflags $(DEPS_PC) 2>/dev/null)
COMMON = -fPIE -ffp-contract=off -MMD -MP $(HARDEN)
LIBS = $(shell $(PKG_CONFIG) --libs $(DEPS_PC) 2>/dev/null || \
	echo -ljansson -lcrypto -lz) -lcsv \
	-Wl,--push-state,-Bstatic -lstdc++ -Wl,--pop-state -lm

LIB_SRC = $(wildcard lib/*/*.c)
LIB_OBJ = $(LIB_SRC:%.c=$B/%.o) $B/lib/base/real.o
TOOLS = $(notdir $(basename $(wildcard cmd/*.c)))
BIN = $(TOOLS:%=$B/bin/%)
UNIT = $(patsubst tests/unit/%.c,$B/unit/%,$(wildcard tests/unit/*_test.c))

all: $(BIN)

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c17 $(WARN) $(COMMON) $(CFLAGS) -c -o $@ $<

$B/%.o: %.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) -std=c++17 -fno-exceptions -fno-rtti -Wall -Wextra \
	    $(COMMON) $(CXXFLAGS) -c -o $@ $<

$B/libtape.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$B/bin/%: $B/cmd/%.o $B/libtape.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/unit/%: $B/tests/unit/%.o $B/libtape.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $^ $(LIBS)

unit: $(UNIT)

clean:
	rm -rf $B

.PHONY: all unit clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(wildcard $B/cmd/*.d $B/tests/unit/*.d)
