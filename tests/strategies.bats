#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The strategies of examples/ do what they say, each in every way it is written.
load helper

setup() {
	cd "$TOP/examples" || return
	out=$BATS_TEST_TMPDIR/out
}

# sources FILE: the price files of its one-liner.
sources() {
	sed -n 's/^# \$ tfeed \([^|]*\) |.*/\1/p' "$1"
}

# signals: what they say, whoever wrote them.
signals() {
	jq -c 'select(.type == "signal") | [.time, .symbol, .action, .price]'
}

@test "each strategy file trades, through the whole pipe" {
	for file in strategies/*.strat; do
		# shellcheck disable=SC2046 # words are wanted
		set -- $(sources "$file")
		tfeed "${@:-acme.csv}" | tfeat "@$file" | tsignal "@$file" |
			trisk -q --limits unlimited --allow short \
			    --size "$(sed -n 's/^size *//p' "$file")" |
			torder | tbroker -q paper | treport --json >"$out"
		[ "$(jq .trades "$out")" -ge 2 ] ||
			fail "$file: $(jq -c '{trades, return}' "$out")"
	done
}

@test "a file and its one-liner give the same signals" {
	count=0
	for file in strategies/*.strat; do
		line=$(sed -n 's/^# \$ //p' "$file")
		[ -n "$line" ] || continue
		count=$((count + 1))
		# shellcheck disable=SC2046 # words are wanted
		set -- $(sources "$file")
		tfeed "$@" | tfeat "@$file" | tsignal "@$file" |
			jq -c 'select(.type == "signal")' >"$out"
		[ -s "$out" ] || fail "$file: no signal"
		bash -o pipefail -c "$line" | jq -c 'select(.type == "signal")' |
			cmp - "$out" || fail "$file"
		# and fused
		trun "tfeed $* | tfeat @$file | tsignal @$file" |
			jq -c 'select(.type == "signal")' | cmp - "$out" ||
			fail "$file, fused"
	done
	[ "$count" -ge 4 ]
}

@test "the same strategy in awk, Python and jq gives the same signals" {
	tfeed acme.csv bolt.csv cord.csv >"$out.in"
	tsignal @momentum:20 <"$out.in" | signals >"$out"
	[ "$(wc -l <"$out")" -gt 50 ]
	awk -f strategies/momentum.awk "$out.in" | signals | cmp - "$out"
	jq -cnf strategies/momentum.jq "$out.in" | signals | cmp - "$out"
	python3 -c '' || skip "no Python here"
	python3 strategies/momentum.py <"$out.in" | signals | cmp - "$out"
}

@test "a strategy in another language trades like one of ours" {
	trades() {
		trisk -q --limits unlimited --size fixed:10 | torder |
			tbroker -q paper | treport --csv trades | cut -d, -f2,6,7,10
	}
	tfeed acme.csv | tsignal @momentum:20 | trades >"$out"
	[ "$(wc -l <"$out")" -gt 5 ]
	tfeed acme.csv | awk -f strategies/momentum.awk | trades | cmp - "$out"
	tfeed acme.csv | jq -cnf strategies/momentum.jq | trades |
		cmp - "$out"
	python3 -c '' || skip "no Python here"
	tfeed acme.csv | python3 strategies/momentum.py | trades | cmp - "$out"
}

@test "no strategy looks ahead: the signals of a prefix are a prefix" {
	for file in strategies/*.strat; do
		# shellcheck disable=SC2046 # words are wanted
		set -- $(sources "$file")
		tfeed --bare "${@:-acme.csv}" >"$out.in"
		tfeat "@$file" <"$out.in" | tsignal "@$file" >"$out"
		for lines in 50 151 263; do
			head -n "$lines" "$out.in" | tfeat -q "@$file" |
				tsignal -q "@$file" >"$out.part"
			cmp -n "$(wc -c <"$out.part")" "$out" "$out.part" ||
				fail "$file after $lines lines"
		done
	done
}

@test "every ready-made rule runs on the features that --explain names" {
	tsignal --list | sed 's/[: ].*//' >"$out.rules"
	[ "$(wc -l <"$out.rules")" -ge 14 ]
	while read -r rule; do
		line=$(tsignal --explain "$rule" | sed -n 's/^features *//p')
		[ "$line" != none ] || line="cat"
		tfeed gen:3,900,2 >"$out.in"
		bash -c "$line" <"$out.in" | tsignal "$rule" >"$out" ||
			fail "$rule needs more than $line"
		if [ "$rule" != @opening-range ]; then
			grep -q '"type":"signal"' "$out" || fail "$rule: silent"
		fi
	done <"$out.rules"
}

@test "a rule buys no earlier than its warm-up says" {
	for rule in @sma-cross @macd-cross @bollinger @donchian @supertrend \
	    @momentum:40; do
		bars=$(tsignal --explain "$rule" |
			sed -n 's/^warm-up *\([0-9]*\) .*/\1/p')
		line=$(tsignal --explain "$rule" | sed -n 's/^features *//p')
		[ "$line" != none ] || line="cat"
		tfeed --bare gen:5,3000,1 | bash -c "$line" | tsignal "$rule" |
			awk '/"type":"bar"/ { n++ } /"BUY"/ { print n; exit }' \
			>"$out"
		[ "$(cat "$out")" -ge "$bars" ] || fail "$rule: $(cat "$out")"
	done
}

@test "an opening range is bought above it, on the same day" {
	{
		echo '{"type":"meta","format":"tape 1","time_zone":"America/New_York"}'
		for close in 100 101 99 100 102 103 98; do
			printf '{"type":"bar","seq":%d,"time":"2024-01-02T%d:%d0:00Z","symbol":"A","span":"10m","open":100,"high":%d,"low":%d,"close":%d,"volume":5}\n' \
			    $((++seq)) $((14 + (seq + 2) / 6)) \
			    $(((seq + 2) % 6)) "$close" "$close" "$close"
		done
	} | tfeat or:30 | tsignal @opening-range | signals >"$out"
	diff - "$out" <<-'END'
	["2024-01-02T15:10:00Z","A","BUY",102]
	["2024-01-02T15:30:00Z","A","SELL",98]
	END
}
