#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What is said in two places is the same in both.
load helper

# members FOLDER: the names in its list.def.
members() {
	sed -n 's/^[A-Z_]*(\([a-z0-9_]*\))$/\1/p' "$TOP/lib/$1/list.def" | sort
}

# prefix FOLDER: what stands before a member's name in its descriptor.
prefix() {
	case $1 in
	clean) echo clean_ ;;
	feed) echo feed_format_ ;;
	report) echo statistic_ ;;
	risk) echo risk_check_ ;;
	signal) echo mixin_ ;;
	*) echo "$1_" ;;
	esac
}

@test "a family's list.def names each of its descriptors, and no other" {
	for list in "$TOP"/lib/*/list.def; do
		folder=$(basename "$(dirname "$list")")
		[ -n "$(members "$folder")" ] || fail "$folder: an empty list"
		nm "$BUILD/libtape.a" | sed -n \
		    "s/^[0-9a-f]* [DRdr] $(prefix "$folder")\([a-z0-9_]*\)$/\1/p" |
			grep -vx rules | sort >"$BATS_TEST_TMPDIR/defined"
		same <(members "$folder") "$BATS_TEST_TMPDIR/defined" "$list"
	done
}

@test "a member's file has its name, or it stands in a group's" {
	for list in "$TOP"/lib/*/list.def; do
		folder=$(basename "$(dirname "$list")")
		for name in $(members "$folder"); do
			[ -e "$TOP/lib/$folder/$name.c" ] ||
				grep -Eqr --include='*.c' \
				    "$(prefix "$folder")$name( |\)|,)" \
				    "$TOP/lib/$folder" || fail "$folder: $name"
		done
	done
}

@test "every feature of list.def is listed and explained" {
	# In the same order, and each with its formula.
	same <(sed -n 's/^FEATURE(\(.*\))$/\1/p' "$TOP/lib/feature/list.def") \
	    <(tfeat --list | sed 's/[^a-z0-9_].*//') "tfeat --list"
	for name in $(members feature); do
		tfeat --explain "$name" | grep -q . || fail "$name"
	done
}

@test "every program has a page, with the option table's OPTIONS" {
	"$TOP/.ci/generate" "$BATS_TEST_TMPDIR"
	for tool in "${TOOLS[@]}"; do
		[ -e "$TOP/man/$tool.1" ] || fail "man/$tool.1 is missing"
		grep -q 'options: begin' "$TOP/man/$tool.1" ||
			fail "man/$tool.1 has no marks for its options"
		same "$TOP/man/$tool.1" "$BATS_TEST_TMPDIR/man/$tool.1" \
		    "man/$tool.1 (make generate)"
	done
}

@test "completions are those of the option tables" {
	"$TOP/.ci/generate" "$BATS_TEST_TMPDIR"
	diff -r "$TOP/completions" "$BATS_TEST_TMPDIR/completions" >&2 ||
		fail "make generate"
	bash -n "$TOP/completions/bash/tape"
}

@test "bash completes an option, and a word" {
	complete_word() {
		# shellcheck disable=SC1091 # made by the build
		. "$TOP/completions/bash/tape"
		compopt() { :; }
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		"_$1" 2>/dev/null
		printf '%s\n' "${COMPREPLY[@]}"
	}
	[ "$(complete_word tfeat --expl)" = --explain ]
	[ "$(complete_word tfeat bban | head -n 1)" = bbands ]
}

# Layout is no matter, and the place for common options goes without saying.
plain() {
	sed -e 's/.\x08//g' | tr -d ' \n\t' | sed -e 's/\[options\]//'; echo
}

@test "the page's SYNOPSIS is the usage of --help" {
	for tool in "${TOOLS[@]}"; do
		[ -e "$TOP/man/$tool.1" ] || continue
		page=$(mandoc -T ascii -O width=500 "$TOP/man/$tool.1" |
			sed -n '/^S.*Y.*S$/,/^D.*E.*S.*N$/p' |
			sed -e 1d -e '$d' | plain)
		help=$("$tool" --help | sed -n 's/^usage: //p' | plain)
		[ "$page" = "$help" ] || fail "page: $page" "help: $help"
	done
}

@test "the page's NAME is the summary of --help" {
	for tool in "${TOOLS[@]}"; do
		[ -e "$TOP/man/$tool.1" ] || continue
		summary=$("$tool" --help | sed -n "1s/^$tool: //p")
		grep -qxF ".Nd $summary" "$TOP/man/$tool.1" ||
			fail "$tool: $summary" \
			    "$(grep '^\.Nd' "$TOP/man/$tool.1")"
	done
}

@test "every program of cmd/ but trun can be fused, and no other" {
	for tool in "${TOOLS[@]}"; do
		[ "$tool" != trun ] || continue
		status=0
		trun "$tool --version" >"$BATS_TEST_TMPDIR/out" 2>&1 || status=$?
		grep -q "^$tool (tape)" "$BATS_TEST_TMPDIR/out" ||
			fail "$tool: $(cat "$BATS_TEST_TMPDIR/out")"
	done
}
