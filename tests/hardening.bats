#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The programs are built as the OpenSSF guide has it.
load helper

setup() {
	ldd "$BUILD/bin/tfeat" | grep -q lib.san && skip "a sanitizer's build"
	return 0
}

@test "position independent" {
	for tool in "${TOOLS[@]}"; do
		readelf -hW "$BUILD/bin/$tool" | grep -q 'Type: *DYN' ||
			fail "$tool"
		readelf -dW "$BUILD/bin/$tool" | grep -q 'Flags: .*PIE' ||
			fail "$tool"
	done
}

@test "bound at start, then read only" {
	for tool in "${TOOLS[@]}"; do
		readelf -dW "$BUILD/bin/$tool" | grep -Eq 'BIND_NOW|Flags:.* NOW' ||
			fail "$tool: lazy binding"
		readelf -lW "$BUILD/bin/$tool" | grep -q GNU_RELRO ||
			fail "$tool: no RELRO"
	done
}

@test "nothing is both writable and executable, the stack least" {
	for tool in "${TOOLS[@]}"; do
		readelf -lW "$BUILD/bin/$tool" >"$BATS_TEST_TMPDIR/segments"
		grep -q 'GNU_STACK.* RW ' "$BATS_TEST_TMPDIR/segments" ||
			fail "$tool: stack"
		! grep -E 'LOAD.* RWE ' "$BATS_TEST_TMPDIR/segments" ||
			fail "$tool: segment"
	done
}

@test "no search path for libraries" {
	for tool in "${TOOLS[@]}"; do
		! readelf -dW "$BUILD/bin/$tool" | grep -E 'RPATH|RUNPATH' ||
			fail "$tool"
	done
}

@test "stack protector and checked copies are in use" {
	nm -u "$BUILD/libtape.a" >"$BATS_TEST_TMPDIR/calls"
	grep -q '__stack_chk_fail' "$BATS_TEST_TMPDIR/calls"
	grep -q '__memcpy_chk\|__snprintf_chk' "$BATS_TEST_TMPDIR/calls"
}
