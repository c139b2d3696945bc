#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2001,SC2016
# One pipe, many ways to run it: piped, fused, slowed, recorded, replayed, cut.
# The bytes are the same, or nothing is traded and it is said why.
load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	shared=${TAPE_SHARED:-$TOP/../shared}/golden/public/data
	mkdir home
	export XDG_STATE_HOME=$PWD/home
}

# Each: the stages of a pipeline, one a line.
declare -gA pipelines
pipelines[cross]='tfeed gen:3,250,1
tclean
tfeat sma:3 sma:8
tsignal "buy when sma_3 crosses above sma_8 stop-loss -3% take-profit +4%" "sell when sma_3 crosses below sma_8"
trisk --limits unlimited --size fixed:100
torder
tbroker paper --commission 0.1% --slippage 5bp'

pipelines[reversion]='tfeed gen:4,250,2
tclean
tfeat rsi:4 sma:8
tsignal "buy when rsi_4 < 30 limit close*0.99 tif gtc max-bars 6" "sell when rsi_4 > 70 limit close tif gtc"
trisk --limits unlimited --size fixed:20 --tick 0.01
torder --timeout 3bars --then market
tbroker paper --exits same-bar'

pipelines[equity]='tfeed gen:5,200,3
tclean
tfeat sma:3 sma:8
tsignal "buy when sma_3 crosses above sma_8" "sell when sma_3 crosses below sma_8"
trisk --limits unlimited --size equity:20%
torder
tbroker paper --participation 0.02% --commission 1.00+0.1%'

pipelines[flips]='tfeed gen:6,200,2
tclean
tfeat sma:3 sma:8
tsignal "buy when sma_3 crosses above sma_8" "short when sma_3 crosses below sma_8"
trisk --limits unlimited --size fixed:50 --allow short,flip
torder --flips split
tbroker paper --marks day'

pipelines[trailing]='tfeed gen:7,200,2
tclean
tfeat sma:3 sma:8
tsignal "buy when sma_3 crosses above sma_8 trail 2% max-bars 7"
trisk --limits unlimited --size notional:5000 --rebalance
torder
tbroker paper --trail-on close --fill next-close'

pipelines[hours]='tfeed --span 1h gen:8,300,2
tclean
tfeat max:8,src=high min:8,src=low
tsignal "buy when max_8_high > 0 stop max_8_high" "sell when min_8_low > 0 stop min_8_low"
trisk --limits unlimited --size cash:40%
torder --timeout 4h
tbroker paper --pass'

# pipe LINES: the stages as one pipeline.
pipe() {
	sed '$!s/$/ |/' <<<"$1"
}

# piped LINES OUT: run by a shell, status 0.
piped() {
	bash -o pipefail -c "$(pipe "$1")" >"$2" 2>"$2.err" ||
		fail "status $?: $1" "$(cat "$2.err")"
}

fills() {
	grep -c '"last_qty"' "$1"
}

# put AFTER STAGE LINES: with one more stage behind that of the name.
put() {
	while IFS= read -r line; do
		printf '%s\n' "$line"
		[[ $line != "$1"* ]] || printf '%s\n' "$2"
	done <<<"$3"
}

# golden_pipes: a copy of each pipeline that has its data here.
golden_pipes() {
	for golden in "$TOP"/tests/golden/*.pipe; do
		[ -e "$shared/$(grep -o '[a-z0-9_]*\.csv' "$golden" |
		    head -n 1)" ] && echo "$golden"
	done
}

# A filter that stops to think, now and then, as its seed has it.
slow='{ RANDOM=7; while IFS= read -r line; do printf "%s\n" "$line"; [ $((RANDOM % 40)) -gt 0 ] || sleep 0.0$((RANDOM % 10)); done; }'

@test "piped, fused and once more are the same bytes" {
	for name in "${!pipelines[@]}"; do
		piped "${pipelines[$name]}" one
		[ "$(fills one)" -ge 8 ] || fail "$name: hardly trades"
		piped "${pipelines[$name]}" two
		same one two "$name again"
		trun "$(pipe "${pipelines[$name]}")" >three || fail "$name: status $?"
		same one three "$name fused"
		trun "$(pipe "${pipelines[$name]}")" >four
		same one four "$name fused again"
	done
}

@test "the same on golden data" {
	[ -d "$shared" ] || skip "no golden data ($shared)"
	cp "$shared"/*.csv .
	for golden in $(golden_pipes); do
		bash -o pipefail -c "$(cat "$golden")" >one || fail "$golden: $?"
		bash -o pipefail -c "$(cat "$golden")" >two
		trun "$(cat "$golden")" >three || fail "$golden: fused: $?"
		[ "$(fills one)" -ge 1 ] || fail "$golden: no fills"
		same one two "$golden again"
		same one three "$golden fused"
	done
}

# What no two accounts have in common: their keys, and so their seals.
unsealed() {
	sed -e '/^{"type":"session"/d' -e 's/,"\(seal\|mark\)":"[^"]*"//g' "$1"
}

@test "a named account gives the bytes that a private one gives" {
	for name in "${!pipelines[@]}"; do
		piped "${pipelines[$name]}" private
		piped "$(sed "s/^trisk/& --account $name/" <<<"${pipelines[$name]}")" named
		same <(unsealed private) <(unsealed named) "$name"
		trun "$(pipe "$(sed "s/^trisk/& --account ${name}2/" \
		    <<<"${pipelines[$name]}")")" >fused
		same <(unsealed private) <(unsealed fused) "$name fused"
		n=$(grep -c last_qty "home/tape/accounts/$name/ledger")
		[ "$n" -eq "$(fills private)" ] || fail "$name: $n in the ledger"
	done
}

@test "a stage slowed at random changes nothing" {
	for name in "${!pipelines[@]}"; do
		stages=$(sed 's/gen:\([0-9]*\),[0-9]*/gen:\1,40/' <<<"${pipelines[$name]}")
		piped "$stages" plain
		for stage in tfeed tsignal trisk torder; do
			piped "$(put $stage "$slow" "$stages")" slowed
			same plain slowed "$name, slow behind $stage"
		done
	done
}

@test "tee and jq --unbuffered in the middle change nothing" {
	for name in "${!pipelines[@]}"; do
		piped "${pipelines[$name]}" plain
		for stage in tfeed tclean tfeat tsignal trisk torder; do
			piped "$(put $stage 'tee copy' "${pipelines[$name]}")" other
			same plain other "$name, tee behind $stage"
			[ -s copy ] || fail "$name: no copy behind $stage"
		done
		for stage in tfeed tsignal trisk torder; do
			piped "$(put $stage 'jq -c --unbuffered .' "${pipelines[$name]}")" other
			same plain other "$name, jq behind $stage"
		done
	done
}

# rest_of STAGE LINES: the stages behind it.
rest_of() {
	sed "0,/^$1\\b/d" <<<"$2"
}

@test "what a stage wrote, recorded, gives the same from there on" {
	for name in "${!pipelines[@]}"; do
		for stage in tfeed tclean tfeat tsignal trisk torder; do
			piped "$(put $stage 'tee copy' "${pipelines[$name]}")" plain
			for how in piped fused; do
				rest=$(pipe "$(rest_of $stage "${pipelines[$name]}")")
				case $how in
				piped) bash -o pipefail -c "$rest" <copy >other ;;
				fused) trun "$rest" <copy >other ;;
				esac || fail "$name: $how from $stage: status $?"
				same plain other "$name, $how from $stage"
			done
		done
	done
}

# csv SEED: random bars of some days, not all of them.
csv() {
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		p = 100
		print "date,open,high,low,close,volume"
		for (d = 0; d < 300; d++) {
			o = p * (1 + rand() / 50 - .01)
			p = o * (1 + rand() / 25 - .02)
			h = (o > p ? o : p) * (1 + rand() / 100)
			l = (o < p ? o : p) * (1 - rand() / 100)
			if (rand() < .1)
				continue
			printf "%d-%02d-%02d,%.2f,%.2f,%.2f,%.2f,%d\n",
			    2020 + int(d / 336), int(d % 336 / 28) + 1,
			    d % 28 + 1, o, h + .01, l - .01, p, 1e5 * rand() + 1
		}
	}'
}

# in_any_order NAME LINES: the stages behind tfeed trade the same whatever the
# order of the files before them.
in_any_order() {
	for symbol in AA BB CC; do
		csv "$symbol" >$symbol.csv
	done
	rm -f first
	for files in 'AA.csv BB.csv CC.csv' 'CC.csv AA.csv BB.csv' \
	    'BB.csv CC.csv AA.csv' 'CC.csv BB.csv AA.csv'; do
		piped "tfeed $files
$2" out
		jq -c 'select(.last_qty) | del(.seq)' out | sort >trades
		[ -e first ] || mv trades first
		[ ! -e trades ] || same first trades "$1: $files"
	done
	[ "$(wc -l <first)" -ge 8 ] || fail "$1: hardly trades"
}

@test "the order in which files are named changes no trade" {
	for name in equity flips trailing reversion; do
		in_any_order "$name" "$(sed 1d <<<"${pipelines[$name]}")"
	done
}

@test "nor does it when there is cash for one of two only" {
	in_any_order cash "tclean
tfeat sma:3
tsignal 'buy when close > sma_3' 'sell when close < sma_3'
trisk --limits unlimited --size cash:90%
torder
tbroker paper --commission 0.1%"
}

@test "a reader of tbroker's output that pauses kills no run" {
	# More than two pipes hold, so that tbroker stands still.
	stages=$(sed -e 's/gen:5,200/gen:5,2000/' -e 's/^trisk/& --wait 1s/' \
	    -e 's/^torder/& --wait 1s/' <<<"${pipelines[equity]}")
	piped "$stages" plain
	bash -o pipefail -c "$(pipe "$stages")" 2>err | {
		for n in 1 700; do
			for ((i = 0; i < n; i++)); do
				IFS= read -r line
				printf '%s\n' "$line"
			done
			sleep 3
		done
		cat
	} >paused
	[ "${PIPESTATUS[0]}" -eq 0 ] || fail "$(cat err)"
	same plain paused "with pauses"
}

# ends LINES STATUS MESSAGE: a trisk or torder of the pipe ends so, and with it
# the pipe. (A shell tells the status of the last that failed, which may be a
# tbroker that misses the end of the stream.)
ends() {
	status=0
	bash -o pipefail -c "$(pipe "$1" | sed "s/^\(trisk\|torder\)[^|]*/{ &; s=\$?; echo \$s >>all; (exit \$s); } /")" \
	    >out 2>err || status=$?
	[ "$status" -ne 0 ] || fail "status 0: $1" "$(cat err)"
	grep -qx "$2" all || fail "status $(xargs <all), not $2: $1" "$(cat err)"
	grep -q -- "$3" err || fail "no '$3': $1" "$(cat err)"
	rm all
}

@test "a filter that holds lines back is named, status 4" {
	for name in equity flips; do
		for stage in trisk torder; do
			stages=$(sed -e 's/^t\(risk\|order\)/& --wait 1s/' \
			    <<<"${pipelines[$name]}")
			ends "$(put $stage 'jq -c .' "$stages")" 4 \
			    'jq --unbuffered'
			[ "$status" -eq 4 ] || fail "the pipe's status: $status"
			[ "$(grep -c last_qty out || :)" -eq 0 ] ||
				fail "traded behind $stage"
		done
	done
}

@test "without a tbroker in the pipe it says so, status 4" {
	stages=$(sed -e '$d' -e 's/^trisk/& --wait 1s/' <<<"${pipelines[cross]}")
	ends "$stages" 4 'no tbroker'
	ends "$stages
jq -c --unbuffered ." 4 'no tbroker'
	ends "$(sed '$d' <<<"$stages")" 4 'no tbroker'
}

@test "a second trisk in the pipe is status 2" {
	second='trisk --limits unlimited'
	ends "$(put trisk "$second" "${pipelines[cross]}")" 2 'second trisk'
	ends "$(put torder "$second" "${pipelines[cross]}")" 2 'second trisk'
	status=0
	trun "$(pipe "$(put trisk "$second" "${pipelines[cross]}")")" >out 2>err || status=$?
	[ "$status" -ne 0 ] || fail "fused: status 0"
	grep -q 'second trisk' err
	[ "$(grep -c last_qty out || :)" -eq 0 ]
}

@test "without a trisk nothing is filled, and each wish is told" {
	stages=$(grep -v '^trisk' <<<"${pipelines[cross]}")
	bash -o pipefail -c "$(pipe "$stages")" >out 2>err
	[ "$(jq -r 'select(.type == "report") | .reason' out | sort -u)" = \
	    NOT_SEALED ] || fail "$(grep report out | head -n 3)"
	[ "$(grep -c NOT_SEALED out)" -eq \
	    "$(jq .tsignal_signals <<<"$(tail -n 1 out)")" ]
	grep -q trisk err
}

@test "each stage killed: the pipe fails, and what was not handled is not traded" {
	piped "${pipelines[equity]}" whole
	jq -c 'select(.last_qty)' whole >whole.trades
	for stage in tfeed tclean tfeat tsignal trisk torder tbroker; do
		# The feed stops half way and stays open, so the kill comes while
		# all of them run.
		mkfifo "$stage.fifo"
		rest=$(pipe "$(sed -e 1d -e "s/^$stage\\b/echo \$BASHPID >pid; exec &/" \
		    -e 's/^\(echo.*\)$/( \1 )/' <<<"${pipelines[equity]}")")
		source='cat'
		[ $stage != tfeed ] || source='( echo $BASHPID >pid; exec cat )'
		rm -f pid
		bash -o pipefail -c "$source <$stage.fifo | $rest" >out 2>err 3>&- &
		shell=$!
		exec 9>"$stage.fifo"
		# The feed itself is killed by closing it: no end record.
		tfeed gen:5,200,3 | head -n 300 >&9
		until [ -s pid ] && [ "$(wc -l <out)" -gt 60 ]; do
			kill -0 $shell 2>/dev/null || fail "$stage: $(cat err)"
		done
		kill -9 "$(cat pid)"
		tfeed gen:5,200,3 | sed 1,300d >&9 2>/dev/null || :
		exec 9>&-
		status=0
		wait $shell || status=$?
		[ "$status" -ne 0 ] || fail "$stage killed: status 0"
		! tail -n 1 out | grep -q '"type":"end"' || fail "$stage: an end"
		# Whole lines, and no trade but those of the undisturbed run.
		grep '"last_qty"' out | grep '}$' >trades || :
		head -n "$(wc -l <trades)" whole.trades | cmp -s - trades ||
			fail "$stage: other trades"
	done
}

@test "a feed that dies ends the pipe with status 3, and orders are dropped" {
	piped "${pipelines[equity]}" whole
	for n in 50 120 333; do
		status=0
		tfeed gen:5,200,3 | head -n $n |
			bash -o pipefail -c "$(pipe "$(sed 1d <<<"${pipelines[equity]}")")" \
			    >out 2>err || status=$?
		[ "$status" -eq 3 ] || fail "status $status" "$(cat err)"
		head -n "$(wc -l <out)" whole | cmp - out || fail "cut at $n"
	done
}

@test "SIGTERM to the feed is a clean end, as a shorter input is" {
	for symbol in AA BB; do
		csv "$symbol" >$symbol.csv
	done
	rest=$(sed 1d <<<"${pipelines[equity]}")
	mkfifo fifo
	for lines in 100 163; do
		bash -o pipefail -c "(echo \$BASHPID >pid
		    exec tfeed AA=fifo BB.csv) | $(pipe "$rest")" >out 2>err 3>&- &
		shell=$!
		exec 9>fifo
		head -n $lines AA.csv >&9
		last=$(head -n $lines AA.csv | tail -n 1 | cut -d, -f1)
		before=$(head -n $((lines - 8)) AA.csv | tail -n 1 | cut -d, -f1)
		until grep -q "\"account\".*\"$before" out; do
			kill -0 $shell 2>/dev/null || fail "$(cat err)"
		done
		kill -TERM "$(cat pid)"
		wait $shell || fail "status $?: $(cat err)"
		exec 9>&-
		tail -n 1 out | grep -q '"type":"end"' || fail "no end"
		day=$(grep '"account"' out | tail -n 1 | jq -r '.time[:10]')
		[[ ! $day > $last ]]
		piped "tfeed --until $(date -ud "$day + 1 day" +%F) AA.csv BB.csv
$rest" shorter
		jq -c 'select(.type == "report" or .type == "position")' out >one
		jq -c 'select(.type == "report" or .type == "position")' shorter >two
		same one two "SIGTERM after $lines lines"
	done
}

@test "--account none needs no broker, and no broker takes its orders" {
	stages=$(sed 's/^trisk/& --account none/' <<<"${pipelines[cross]}")
	bash -o pipefail -c "$(pipe "$(sed '$d' <<<"$stages")")" >out 2>err
	grep -q 'counts as filled' err
	[ "$(jq -c 'select(.type == "order") | .seal' out | sort -u)" = null ]
	[ "$(grep -c '"type":"order"' out)" -ge 8 ]
	! grep -q '"type":"session"' out || fail "a session"
	piped "$stages" out
	[ "$(grep -c last_qty out || :)" -eq 0 ] || fail "filled"
	[ "$(jq -r 'select(.type == "report") | .reason' out | sort -u)" = \
	    NOT_SEALED ]
}

@test "trun refuses what is not its own, status 2" {
	for what in 'tfeed gen:1,5,1 | jq .' 'tfeed gen:1,5,1 | tee x' \
	    'cat | tclean' 'tfeed gen:1,5,1 > x' 'tfeed gen:1,5,1 | tclean; id' \
	    'tfeed gen:1,5,1 || tclean' 'tfeed $HOME' 'tfeed `id`' \
	    'tfeed gen:1,5,1 | ' '| tclean' '' 'tfeed gen:1,5,1 | "tclean' \
	    'tfeed *.csv' 'tfeed gen:1,5,1 & tclean' '/bin/tfeed gen:1,5,1'; do
		status=0
		trun "$what" >out 2>err </dev/null || status=$?
		[ "$status" -eq 2 ] || fail "status $status: $what" "$(cat err)"
		[ -s err ] && [ ! -s out ] || fail "$what"
	done
	[ ! -e x ] || fail "a file was made"
}
