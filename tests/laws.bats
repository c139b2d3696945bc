#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What holds for every program, in a loop over all of them.
load helper

setup_file() {
	load helper
	mkdir "$BATS_FILE_TMPDIR/in"
	for tool in "${FILTERS[@]}"; do
		feed "$tool" 20 >"$BATS_FILE_TMPDIR/in/$tool"
	done
}

setup() {
	in=$BATS_FILE_TMPDIR/in
	out=$BATS_TEST_TMPDIR/out
	err=$BATS_TEST_TMPDIR/err
	status=0
}

# work TOOL [ARG...] <INPUT: runs it; $status, $out and $err tell.
work() {
	status=0
	run_tool "$@" >"$out" 2>"$err" || status=$?
}

expect() {
	[ "$status" -eq "$2" ] ||
		fail "$1: status $status, not $2" "$(head -n 3 "$err")"
}

@test "every program is known to these tests" {
	known=$(printf '%s\n' "${FILTERS[@]}" "${OTHERS[@]}" | sort)
	[ "$known" = "$(printf '%s\n' "${TOOLS[@]}" | sort)" ]
}

@test "--help is on standard output, within 60 lines" {
	for tool in "${TOOLS[@]}"; do
		"$tool" --help >"$out" 2>"$err" || fail "$tool: status $?"
		[ ! -s "$err" ] || fail "$tool: wrote on stderr"
		[ "$(wc -l <"$out")" -le 60 ] || fail "$tool: too long"
		head -n 1 "$out" | grep -q "^$tool: " || fail "$tool: no summary"
		[ "$(grep -c "^  .*$tool" "$out")" -ge 2 ] ||
			fail "$tool: less than 2 examples"
	done
}

@test "-h is a short help, within 25 lines" {
	for tool in "${TOOLS[@]}"; do
		"$tool" -h >"$out" 2>"$err" || fail "$tool: status $?"
		[ ! -s "$err" ] || fail "$tool: wrote on stderr"
		[ "$(wc -l <"$out")" -le 25 ] || fail "$tool: too long"
		grep -q "^usage: $tool" "$out" || fail "$tool: no usage"
	done
}

@test "--version names the program, tape and the version" {
	for tool in "${TOOLS[@]}"; do
		"$tool" --version >"$out" || fail "$tool: status $?"
		head -n 1 "$out" | grep -Eq "^$tool \(tape\) [0-9]+(\.[0-9]+){2}$" ||
			fail "$tool: $(cat "$out")"
	done
}

@test "an unknown option is status 2 and names the nearest" {
	for tool in "${TOOLS[@]}"; do
		status=0
		"$tool" --verson >"$out" 2>"$err" </dev/null || status=$?
		expect "$tool" 2
		[ ! -s "$out" ] || fail "$tool: wrote on stdout"
		grep -Eq "^$tool: .*'--verson' \(did you mean '--version'\?\)" \
		    "$err" || fail "$tool: $(cat "$err")"
	done
}

@test "an option without its argument is status 2" {
	for tool in "${TOOLS[@]}"; do
		status=0
		"$tool" --errors >"$out" 2>"$err" </dev/null || status=$?
		expect "$tool" 2
		grep -q -- "--errors" "$err" || fail "$tool: $(cat "$err")"
	done
}

@test "long options are not abbreviated" {
	for tool in "${TOOLS[@]}"; do
		status=0
		"$tool" --versio >"$out" 2>"$err" </dev/null || status=$?
		expect "$tool" 2
	done
}

@test "a full disk is status 1, said once" {
	for tool in "${TOOLS[@]}"; do
		status=0
		"$tool" --help >/dev/full 2>"$err" || status=$?
		expect "$tool --help" 1
		grep -q "^$tool: .*No space left" "$err" ||
			fail "$tool --help: $(cat "$err")"
	done
	for tool in "${FILTERS[@]}"; do
		status=0
		run_tool "$tool" <"$in/$tool" >/dev/full 2>"$err" || status=$?
		expect "$tool" 1
		[ "$(grep -c "^$tool: .*No space left" "$err")" -eq 1 ] ||
			fail "$tool: $(cat "$err")"
	done
}

@test "a reader that has seen enough ends it quietly" {
	for tool in "${FILTERS[@]}"; do
		# More than a pipe holds: most meet the reader that is gone.
		feed "$tool" 20000 2>/dev/null | run_tool "$tool" 2>"$err" |
			head -n 1 >"$out"
		[ "$(wc -l <"$out")" -eq 1 ] || fail "$tool: no line"
		[ ! -s "$err" ] || fail "$tool: $(head -n 3 "$err")"
	done
	for tool in "${TOOLS[@]}"; do
		"$tool" --help 2>"$err" | head -n 1 >"$out"
		[ ! -s "$err" ] || fail "$tool --help: $(cat "$err")"
	done
}

@test "a bad line is status 3 with file, line and column" {
	for tool in "${FILTERS[@]}"; do
		{
			head -n 3 "$in/$tool"
			echo '{"type":"bar","seq":7,'
		} >"$BATS_TEST_TMPDIR/bad"
		work "$tool" <"$BATS_TEST_TMPDIR/bad"
		expect "$tool" 3
		grep -Eq "^$tool: <stdin>:4:[0-9]+: ." "$err" ||
			fail "$tool: $(cat "$err")"
	done
}

@test "what was read before a bad line is written, in whole lines" {
	for tool in tclean tfeat tsignal trisk torder; do
		{
			head -n 5 "$in/$tool"
			echo 'no record'
			tail -n +6 "$in/$tool"
		} >"$BATS_TEST_TMPDIR/bad"
		work "$tool" <"$BATS_TEST_TMPDIR/bad"
		expect "$tool" 3
		[ "$(jq -c . <"$out" | wc -l)" -ge 5 ] ||
			fail "$tool: $(wc -l <"$out") lines"
		[ -z "$(tail -c 1 "$out")" ] || fail "$tool: half a line"
	done
}

@test "with --errors a bad line goes there, and the rest goes on" {
	for tool in "${FILTERS[@]}"; do
		{
			head -n 3 "$in/$tool"
			echo 'no record'
			tail -n +4 "$in/$tool"
		} >"$BATS_TEST_TMPDIR/bad"
		work "$tool" <"$in/$tool"
		expect "$tool" 0
		grep -v '"type":"\(meta\|end\|session\)"' "$out" >"$out.good" || :
		work "$tool" --errors "$err.json" --max-bad 50% \
		    <"$BATS_TEST_TMPDIR/bad"
		[ "$status" -ne 2 ] || work "$tool" --errors "$err.json" \
		    <"$BATS_TEST_TMPDIR/bad"
		expect "$tool" 0
		grep -v '"type":"\(meta\|end\|session\)"' "$out" >"$out.rest" || :
		same "$out.good" "$out.rest" "$tool"
		[ "$(jq -r '[.type, .tool, .line, .raw] | @csv' "$err.json")" = \
		    "\"reject\",\"$tool\",4,\"no record\"" ] ||
			fail "$tool: $(cat "$err.json")"
	done
}

@test "nothing in, nothing wrong" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" </dev/null
		expect "$tool" 0
		[ "$tool" = treport ] || [ ! -s "$out" ] ||
			fail "$tool: wrote $(head -n 1 "$out")"
	done
}

@test "blank lines, CRLF and a byte order mark change nothing but the end" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" <"$in/$tool"
		mv "$out" "$out.plain"
		{
			printf '\357\273\277'
			sed -e 's/$/\r/' -e '3G' "$in/$tool"
		} >"$BATS_TEST_TMPDIR/dos"
		work "$tool" <"$BATS_TEST_TMPDIR/dos"
		expect "$tool" 0
		same "$out.plain" "$out" "$tool"
	done
}

@test "a line over 1 MiB is refused, in little memory" {
	for tool in "${FILTERS[@]}"; do
		head -n 1 "$in/$tool" >"$BATS_TEST_TMPDIR/long"
		head -c 100000000 /dev/zero | tr '\0' 1 >>"$BATS_TEST_TMPDIR/long"
		status=0
		(
			[ -n "${ASAN_OPTIONS:-}" ] || ulimit -v 40000
			run_tool "$tool" <"$BATS_TEST_TMPDIR/long"
		) >"$out" 2>"$err" || status=$?
		expect "$tool" 3
		grep -q "^$tool: <stdin>:2: .*longer than 1 MiB" "$err" ||
			fail "$tool: $(cat "$err")"
	done
}

@test "a last line without its newline is read" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" <"$in/$tool"
		mv "$out" "$out.whole"
		head -c -1 "$in/$tool" >"$BATS_TEST_TMPDIR/cut"
		work "$tool" <"$BATS_TEST_TMPDIR/cut"
		expect "$tool" 0
		same "$out.whole" "$out" "$tool"
	done
}

@test "a stream that breaks off is status 3 where orders depend on it" {
	for tool in trisk tbroker; do
		head -n -1 "$in/$tool" >"$BATS_TEST_TMPDIR/cut"
		work "$tool" <"$BATS_TEST_TMPDIR/cut"
		expect "$tool" 3
		[ -s "$err" ] || fail "$tool: said nothing"
	done
}

@test "input in single bytes gives the same output" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" <"$in/$tool"
		mv "$out" "$out.whole"
		dd if="$in/$tool" bs=1 2>/dev/null | {
			work "$tool"
			expect "$tool" 0
		}
		same "$out.whole" "$out" "$tool"
	done
}

@test "twice the same gives the same bytes" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" <"$in/$tool"
		mv "$out" "$out.first"
		work "$tool" <"$in/$tool"
		same "$out.first" "$out" "$tool"
	done
	feed treport 50 >"$out"
	same "$out" <(feed treport 50) "the whole pipe"
}

@test "an empty environment does" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" <"$in/$tool"
		mv "$out" "$out.usual"
		status=0
		argv_of "$tool"
		env -i PATH="$PATH" "${ARGV[@]}" <"$in/$tool" >"$out" \
		    2>"$err" || status=$?
		expect "$tool" 0
		same "$out.usual" "$out" "$tool"
	done
}

@test "no locale changes a byte" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" <"$in/$tool"
		mv "$out" "$out.usual"
		for locale in de_DE.UTF-8 tr_TR.UTF-8; do
			argv_of "$tool"
			env LANG=$locale LC_ALL=$locale "${ARGV[@]}" \
			    <"$in/$tool" >"$out" 2>"$err"
			same "$out.usual" "$out" "$tool under $locale"
		done
	done
	# They may not be installed here; but no program ever asks for one.
	for tool in "${TOOLS[@]}"; do
		if nm -D --undefined-only "$BUILD/bin/$tool" |
		    grep ' setlocale'; then
			fail "$tool: sets a locale"
		fi
	done
}

@test "a program loads no more than it needs to start" {
	for tool in "${TOOLS[@]}"; do
		ldd "$BUILD/bin/$tool" >"$out"
		if grep -E 'lib(curl|pq|hiredis|websockets|ssl|stdc\+\+)\.' "$out"; then
			fail "$tool: loads too much"
		fi
		case $tool in
		tclean | tfeat | tsignal | treport)
			if grep -E 'lib(crypto|csv|z)\.' "$out"; then
				fail "$tool: loads too much"
			fi
			;;
		esac
	done
}

# until CONDITION...: asks again and again, for ten seconds at most.
until_true() {
	local end=$((SECONDS + 10))
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
	done
}

# has_read PID BYTES: so many bytes have gone through read(2), and it waits.
has_read() {
	local key value
	while read -r key value; do
		[ "$key" != rchar: ] || [ "$value" -lt "$2" ] || break
	done <"/proc/$1/io"
	[ "$key" = rchar: ] && grep -q '^State:.*sleeping' "/proc/$1/status"
}

@test "SIGTERM is an end of input: all that was read is answered" {
	for tool in "${FILTERS[@]}"; do
		work "$tool" <"$in/$tool"
		mv "$out" "$out.whole"
		rm -f "$BATS_TEST_TMPDIR/fifo"
		mkfifo "$BATS_TEST_TMPDIR/fifo"
		argv_of "$tool"
		"${ARGV[@]}" <"$BATS_TEST_TMPDIR/fifo" >"$out" 2>"$err" 3>&- &
		pid=$!
		exec 9>"$BATS_TEST_TMPDIR/fifo"
		cat "$in/$tool" >&9
		until_true has_read "$pid" "$(wc -c <"$in/$tool")" ||
			fail "$tool: does not read"
		kill -TERM "$pid"
		status=0
		wait "$pid" || status=$?
		exec 9>&-
		expect "$tool" 0
		same "$out.whole" "$out" "$tool"
	done
}

@test "at a terminal with nothing to read there is a short help, status 2" {
	script -qec true /dev/null >/dev/null 2>&1 </dev/null ||
		skip "no pseudo-terminal to be had here"
	for tool in "${FILTERS[@]}"; do
		status=0
		script -qec "$tool >$out 2>$err" /dev/null >/dev/null \
		    </dev/null || status=$?
		expect "$tool" 2
		[ ! -s "$out" ] || fail "$tool: wrote on stdout"
		grep -q "^usage: $tool" "$err" || fail "$tool: $(cat "$err")"
	done
}

@test "no program writes colour or escapes to a pipe" {
	for tool in "${FILTERS[@]}"; do
		printf '{"type":"bar","seq":1,"time":"\033]0;x\007"}\n' |
		    run_tool "$tool" >"$out" 2>"$err" || :
		! grep -q $'\033' "$err" || fail "$tool: an escape on stderr"
	done
}

@test "fused is piped, up to each program of the pipe" {
	chain="tfeed gen:7,200,3"
	for tool in tclean 'tfeat sma:3 sma:5 rsi:14 bbands:20,2' \
	    "tsignal 'buy when sma_3 crosses above sma_5' 'sell when sma_3 crosses below sma_5'" \
	    'trisk -q --limits unlimited --size fixed:10' torder \
	    'tbroker paper --slippage 5bp --commission 0.1%' treport; do
		chain="$chain | $tool"
		case $tool in
		trisk* | torder)
			# Alone they would wait for a broker.
			continue
			;;
		esac
		bash -o pipefail -c "$chain" >"$out.piped" ||
			fail "piped: status $?: $chain"
		trun "$chain" >"$out.fused" || fail "fused: status $?: $chain"
		[ -s "$out.piped" ] || fail "nothing came out of $chain"
		same "$out.piped" "$out.fused" "$chain"
	done
	chain="tfeed gen:7,200,3 | tfeat sma:3 | tsignal 'buy when close > sma_3'"
	chain="$chain | trisk -q --limits unlimited --account none | torder"
	same <(bash -c "$chain") <(trun "$chain") "$chain"
}
