#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every example is run: those of the man pages, of README.md and CONTRIBUTING.md,
# and the scripts of examples/.
#
# In a literal block of a man page, and in a ```console block, a line that begins
# with "$ " is a command, "> " goes on with it, and what follows is its output; a
# command without output shown is only run. "..." stands for anything. The
# commands of a page share a folder of their own, which holds a copy of examples/.
# A ```sh block is run whole.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	bin=$(cd "$top" && cd "${B:-build}/bin" && pwd)
	work=$BATS_TEST_TMPDIR/work
	mkdir "$work"
	cp -R "$top/examples" "$work"
	cd "$work" || return
}

# Nothing of the outside shows: no home, no account, no locale.
clean() {
	env -i PATH="$bin:/usr/local/bin:/usr/bin:/bin" HOME="$work" \
		TMPDIR="$BATS_TEST_TMPDIR" LC_ALL=C "$@" </dev/null 2>&1
}

# The commands of a page: N.cmd, and N.out when output is shown.
split_page() {
	rm -rf "$BATS_TEST_TMPDIR/page"
	mkdir "$BATS_TEST_TMPDIR/page"
	awk -v to="$BATS_TEST_TMPDIR/page/" '
	function text(line) {
		if (is_man) {
			gsub(/\\\(aq/, "\047", line)
			gsub(/\\&/, "", line)
			gsub(/\\e/, "\\", line)
		}
		return line
	}
	BEGIN { is_man = ARGV[1] !~ /\.md$/ }
	is_man ? /^\.Bd -literal/ : /^```console/ { inside = 1; next }
	is_man ? /^\.Ed/ : /^```/ { inside = 0; has_command = 0 }
	!inside { next }
	/^\$ / {
		name = sprintf("%s%03d", to, ++count)
		has_command = 1
		is_command = 1
		print substr(text($0), 3) > (name ".cmd")
		next
	}
	/^> / && is_command { print substr(text($0), 3) > (name ".cmd"); next }
	has_command { is_command = 0; print text($0) > (name ".out") }
	' "$1"
}

# matches GOT WANTED: "..." in WANTED stands for anything.
matches() {
	local pattern
	pattern=$(sed -e 's/[][\\*?]/\\&/g' -e 's/\.\.\./*/g' "$2")
	# shellcheck disable=SC2053 # a pattern is wanted
	[[ "$(cat "$1")" == $pattern ]]
}

# check_page FILE: runs its commands, and says which ones differ.
check_page() {
	local got=$BATS_TEST_TMPDIR/got cmd wanted status bad=0 count=0
	split_page "$1"
	for cmd in "$BATS_TEST_TMPDIR"/page/*.cmd; do
		[ -e "$cmd" ] || continue
		count=$((count + 1))
		wanted=${cmd%.cmd}.out
		status=0
		clean bash "$cmd" >"$got" || status=$?
		[ "$status" = 0 ] && { [ ! -e "$wanted" ] ||
			matches "$got" "$wanted"; } && continue
		bad=1
		echo "$1: status $status from"
		cat "$cmd"
		[ ! -e "$wanted" ] || diff -u "$wanted" "$got" || :
	done
	echo "$1: $count commands"
	[ "$bad" = 0 ] && [ "$count" -ge "$2" ]
}

@test "what the pages of section 1 show is what happens" {
	for page in "$top"/man/*.1; do
		check_page "$page" 2
	done
}

@test "what the pages of sections 5 and 7 show is what happens" {
	for page in "$top"/man/*.[57]; do
		check_page "$page" 2
	done
}

@test "what the README shows is what happens" {
	check_page "$top/README.md" 5
}

@test "the shell blocks of the README run" {
	awk -v to="$BATS_TEST_TMPDIR/block" '
	/^```sh$/ { inside = 1; count++; next }
	/^```/ { inside = 0 }
	inside { print > (to count ".sh") }' "$top/README.md"
	for block in "$BATS_TEST_TMPDIR"/block*.sh; do
		[ -e "$block" ] || continue
		echo "# $(head -1 "$block")"
		clean bash -eu -o pipefail "$block"
	done
}

@test "the example scripts print what is expected" {
	bad=0
	for script in "$top"/examples/*.sh; do
		name=$(basename "$script" .sh)
		[ "$name" != demo ] || continue
		wanted=$top/examples/expected/$name.out
		if ! clean "examples/$name.sh" >"$BATS_TEST_TMPDIR/got" ||
			! cmp -s "$wanted" "$BATS_TEST_TMPDIR/got"; then
			echo "examples/$name.sh:"
			diff -u "$wanted" "$BATS_TEST_TMPDIR/got" || :
			bad=1
		fi
	done
	[ "$bad" = 0 ]
}

@test "each expected output is that of a script" {
	for out in "$top"/examples/expected/*.out; do
		[ -x "$top/examples/$(basename "$out" .out).sh" ]
	done
}

@test "an example script has less than 30 lines and says what it shows" {
	for script in "$top"/examples/*.sh; do
		[ "$(basename "$script")" != demo.sh ] || continue
		echo "$script"
		[ "$(wc -l <"$script")" -lt 30 ]
		sed -n 2p "$script" | grep -q '^# [A-Z]'
	done
}

@test "each strategy file is read by tfeat and by tsignal" {
	for file in examples/strategies/*.strat; do
		clean tsignal --check "@$file"
		clean bash -c "tfeed --bare gen:1,60,1 | tfeat @$file |
			tsignal @$file >/dev/null"
	done
}

@test "the price files are what gen makes" {
	clean bash -c 'tfeed --bare gen:7,300,3 | jq -r "select(.symbol == \"GEN2\")
		| [.time[0:10], .open, .high, .low, .close, .volume]
		| join(\",\")"' >want
	sed 1d examples/bolt.csv | cmp - want
}

@test "the examples take less than 100 KB" {
	[ "$(cat "$top"/examples/* "$top"/examples/*/* 2>/dev/null |
		wc -c)" -lt 102400 ]
}

@test "a page whose output differs is noticed" {
	printf '%s\n' '```console' '$ echo a' 'b' '```' >wrong.md
	run check_page "$work/wrong.md" 1
	[ "$status" != 0 ]
	printf '%s\n' '```console' '$ false' '```' >wrong.md
	run check_page "$work/wrong.md" 1
	[ "$status" != 0 ]
	printf '%s\n' '```console' '$ echo abc[1]' 'a...[1]' '```' >right.md
	check_page "$work/right.md" 1
}

# added FAMILY: what CONTRIBUTING.md adds to lib/FAMILY, as a folder to compile
# with: a copy of its list.def with one more line, and the new file.
added() {
	mkdir -p "$1"
	awk -v family="$1" -v to="$1/" '
	match($0, "`lib/" family "/[a-z_]*\\.c`") {
		name = substr($0, RSTART + 1, RLENGTH - 2)
		sub(/.*\//, "", name)
	}
	/^```/ && inside { inside = 0; next }
	/^```c$/ && name != "" { inside = 1; next }
	inside { print > (to name) }
	/^    [A-Z_]*\([a-z_]*\)$/ && name != "" {
		print substr($0, 5) > (to "line")
		name = ""
	}' "$top/CONTRIBUTING.md"
	cat "$1/line" "$top/lib/$1/list.def" >"$1/list.def"
}

# build FAMILY TOOL: the program with the addition, as ./TOOL.
build() {
	added "$1"
	mapfile -t tables < <(grep -l 'list\.def' "$top/lib/$1"/*.c)
	# shellcheck disable=SC2046 # words are wanted
	"${CC:-cc}" -std=c17 -Wall -Wextra -Werror -I. -I"$top/lib" \
		-D_GNU_SOURCE -DTAPE_VERSION='"0"' -o "$2" \
		"$top/cmd/$2.c" "${tables[@]}" "$1"/*.c "$bin/../libtape.a" \
		$(pkg-config --libs jansson libcrypto zlib) -lcsv -lstdc++ -lm
}

@test "what CONTRIBUTING.md adds needs a file and a line, and works" {
	build feature tfeat
	tfeed() { "$bin/tfeed" "$@"; }
	[ "$(tfeed --bare gen:1,2,1 | ./tfeat gap | jq -c .gap | tail -1)" = \
		-0.3204486280793042 ]
	./tfeat --list | grep -q '^gap '
	./tfeat --explain gap | grep -q 'gap = 100'

	build report treport
	[ "$(./treport --json </dev/null | jq -r .why.avg_win)" = \
		'no winning trade' ]

	build clean tclean
	[ "$(tfeed gen:1,2,1 | jq -c 'if .low then .low = .high | .open = .high |
		.close = .high else . end' | ./tclean |
		jq -r '.flags // empty' | sort -u)" = still ]

	build risk trisk
	[ "$(tfeed gen:1,2,1 | jq -c '., (select(.seq == 1)
		| {type: "signal", seq, time, symbol, strategy: "s",
		   action: "BUY", price: 0.5, limit: 0.5, order_type: "limit"})' |
		./trisk -q --account none --limits unlimited |
		jq -r 'select(.type == "veto") | .reasons')" = PENNY_STOCK ]

	build feed tfeed
	printf '%s\n' d,o,h,l,c,v 2024-01-02,1,2,1,2,3 >X.csv
	[ "$(./tfeed --bare X.csv | jq -c '[.high, .volume]')" = '[2,3]' ]
	./tfeed --formats | grep -q '^terse '
}
