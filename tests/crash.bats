#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016
# An account outlives its runs: killed anywhere, begun again, fed the same
# history twice or a longer one the next day, it trades what one undisturbed
# run over all of it trades, once.
load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	RANDOM=7
}

# The strategies: rules, trisk, torder and tbroker options. 'N' is the bars.
strategies=(
	"gen:7,N,3 | 'buy when sma_3 crosses above sma_8 stop-loss -3% take-profit +4%' 'sell when sma_3 crosses below sma_8' | --size equity:20% | | --commission 0.1%"
	"gen:8,N,3 | 'buy when sma_3 crosses above sma_8 trail 2% max-bars 5' | --size equity:20% | | --slippage 5bp"
	"gen:9,N,2 | 'buy when sma_3 crosses above sma_8 stop-loss -1% take-profit +2% tif gtc' 'sell when sma_3 crosses below sma_8' | --size equity:30% | | --participation 0.01%"
	"gen:10,N,2 | 'buy when sma_3 crosses above sma_8 limit close*0.985 tif gtc' 'sell when sma_3 crosses below sma_8 limit close*1.01 tif gtc' | --size equity:20% --tick 0.01 | |"
	"gen:11,N,2 | 'buy when sma_3 crosses above sma_8 limit close*0.99 tif gtc max-bars 4' 'sell when sma_3 crosses below sma_8' | --size fixed:100 --tick 0.01 | --timeout 3bars --then market | --latency 2d"
	"gen:11,N,2 | 'buy when sma_3 crosses above sma_8 limit close*0.99 tif gtc' 'short when sma_3 crosses below sma_8 limit close*1.01 tif gtc' | --size fixed:100 --tick 0.01 --allow short,flip | --flips split --timeout 2bars --then market:exits |"
	"gen:12,N,3 | 'buy when sma_3 crosses above sma_8 stop-loss -2%' 'short when sma_3 crosses below sma_8 stop-loss -2%' | --size fixed:50 --allow short,flip | | --participation 0.005% --marks day"
	"gen:13,N,3 | 'buy when sma_3 crosses above sma_8 stop close*1.004 limit close*1.001 tif gtc stop-loss -2%' 'sell when sma_3 crosses below sma_8' | --size fixed:50 --tick 0.01 | | --exits same-bar"
	"gen:14,N,3 | 'buy when sma_3 > sma_8' 'sell when sma_3 < sma_8' | --size equity:25% --rebalance | | --marks day"
	"gen:15,N,2 | 'buy when sma_3 < sma_8 stop-loss -4% max-bars 6' 'sell when sma_3 > sma_8' | --size fixed:10 --mode add | --timeout 2d | --fill next-close"
)

# pipeline STRATEGY ACCOUNT BARS
pipeline() {
	local data rules trisk torder broker
	IFS='|' read -r data rules trisk torder broker <<<"$1"
	echo "tfeed ${data/N/$3} | tclean | tfeat sma:3 sma:8 |" \
	    "tsignal $rules | trisk --limits unlimited --account $PWD/$2" \
	    "$trisk | torder $torder | tbroker paper $broker"
}

# fused STRATEGY ACCOUNT BARS: a run of it, in one process.
fused() {
	trun "$(pipeline "$@")" >out 2>err || fail "status $?: $1" "$(cat err)"
}

piped() {
	bash -o pipefail -c "$(pipeline "$@")" >out 2>err ||
		fail "status $?: $1" "$(cat err)"
}

# The executions of a ledger, without their place in it.
trades() {
	grep '"last_qty"' "$1/ledger" | sed 's/"line":[0-9]*,//
	    s/,"prev":"[^"]*","crc":"[^"]*"}$/}/'
}

# equal_trades ACCOUNT ACCOUNT WHAT: and neither is idle.
equal_trades() {
	trades "$1" >one.trades
	trades "$2" >two.trades
	[ "$(wc -l <one.trades)" -ge "${4:-4}" ] || fail "$3: hardly trades"
	same one.trades two.trades "$3"
}

# is_prefix OLD NEW WHAT: what was written stays, but for a torn last line.
is_prefix() {
	head -c "$(wc -c <"$1")" "$2" >now
	cmp -s "$1" now && return 0
	sed '$d' "$1" >whole
	[ -z "$(tail -c 1 "$1")" ] && fail "$3: rewritten"
	head -c "$(wc -c <whole)" "$2" | cmp - whole || fail "$3: rewritten"
}

@test "cut anywhere, the ledger is completed as if nothing had happened" {
	for strategy in "${strategies[@]}"; do
		rm -rf whole
		fused "$strategy" whole 90
		total=$(wc -l <whole/ledger)
		for ((k = 0; k < 9; k++)); do
			rm -rf cut
			cp -r whole cut
			n=$((RANDOM % total))
			{
				head -n "$n" whole/ledger
				# Every other one with a torn line behind it.
				[ $((k % 2)) -eq 0 ] ||
					sed -n $((n + 1))p whole/ledger | head -c 33
			} >cut/ledger
			# What was committed: up to the last line that ends a batch.
			awk '{ text = text $0 "\n" }
			    /"type":"(ledger|instant|end)"/ {
				printf "%s", text
				text = "" }' <(head -n "$n" whole/ledger) >committed
			fused "$strategy" cut 90
			equal_trades whole cut "cut behind line $n: $strategy"
			head -c "$(wc -c <committed)" cut/ledger |
				cmp - committed || fail "rewritten: $strategy"
		done
	done
}

@test "the same again trades nothing, and writes nothing" {
	for strategy in "${strategies[@]}"; do
		rm -rf one
		piped "$strategy" one 60
		cp one/ledger before
		for how in piped fused; do
			$how "$strategy" one 60
			same before one/ledger "$how again: $strategy"
			! grep -q last_qty out || fail "$how again: told twice"
		done
	done
}

@test "a longer history the next day goes on where the account stands" {
	for strategy in "${strategies[@]}"; do
		rm -rf whole
		fused "$strategy" whole 90
		for ((k = 0; k < 4; k++)); do
			rm -rf days
			for day in $((10 + RANDOM % 40)) $((50 + RANDOM % 39)) 90; do
				fused "$strategy" days $day
				[ ! -e before ] ||
					is_prefix before days/ledger "$strategy"
				cp days/ledger before
			done
			rm before
			equal_trades whole days "day by day: $strategy"
		done
	done
}

@test "a shorter history takes nothing back" {
	for strategy in "${strategies[@]}"; do
		rm -rf whole short
		fused "$strategy" whole 90
		fused "$strategy" short 70
		# After a crash, which left no end.
		n=$(grep -n '"type":"instant"' short/ledger | tail -n 2 | head -n 1 | cut -d: -f1)
		head -n "$n" short/ledger >cut.ledger
		cp cut.ledger short/ledger
		fused "$strategy" short 30
		same cut.ledger short/ledger "a shorter history wrote: $strategy"
		fused "$strategy" short 90
		equal_trades whole short "then the longer: $strategy"
		cp short/ledger before
		fused "$strategy" short 40
		same before short/ledger "old data again: $strategy"
	done
}

tools=(tfeed tclean tfeat tsignal trisk torder tbroker)

# with_pids: a pipeline whose stages leave their process ids in pid.TOOL.
with_pids() {
	sed -E 's/(^|\| )(t[a-z]+) ([^|]*)/\1(echo $BASHPID >pid.\2; exec \2 \3) /g
	    s/\| (tclean|torder) *\|/| (echo $BASHPID >pid.\1; exec \1) |/g'
}

# ledger_size ACCOUNT: in bytes, 0 when there is none.
ledger_size() {
	stat -c %s "$1/ledger" 2>/dev/null || echo 0
}

@test "kill -9 of any program at any moment loses nothing and sends nothing twice" {
	hits=0
	tries=0
	for i in 0 2 6; do
		strategy=${strategies[i]}
		rm -rf whole
		fused "$strategy" whole 1500
		size=$(ledger_size whole)
		for ((round = 0; round < 3; round++)); do
			rm -rf killed
			mkdir killed
			: >before
			for ((k = 0; k < 4; k++)); do
				victim=${tools[RANDOM % 7]}
				at=$((size * k / 4 + RANDOM % (size / 4)))
				rm -f pid.*
				bash -o pipefail -c "$(pipeline "$strategy" killed 1500 |
				    with_pids)" >out 2>err 3>&- &
				shell=$!
				until [ -s "pid.$victim" ] && [ -s pid.tbroker ] &&
				    [ "$(ledger_size killed)" -ge "$at" ]; do
					kill -0 $shell 2>/dev/null || break
				done
				kill -9 "$(cat "pid.$victim")" 2>/dev/null || :
				status=0
				wait $shell || status=$?
				tries=$((tries + 1))
				[ "$status" -eq 0 ] || hits=$((hits + 1))
				is_prefix before killed/ledger "$victim: $strategy"
				cp killed/ledger before
			done
			piped "$strategy" killed 1500
			is_prefix before killed/ledger "$strategy"
			equal_trades whole killed "after kills: $strategy" 20
		done
	done
	echo "$hits of $tries kills hit a running pipe" >&2
	[ "$hits" -gt 0 ]
}

@test "killed at each single write and sync of tbroker" {
	command -v strace >/dev/null || skip "strace is not here"
	strace -o trace true 2>/dev/null || skip "strace may not trace here"
	calls=write,pwrite64,pwritev,writev,fdatasync,fsync
	strategy="gen:7,N,1 | 'buy when sma_3 crosses above sma_8 stop-loss -3%' 'sell when sma_3 crosses below sma_8' | --size fixed:10 | | --marks none"
	fused "$strategy" whole 40
	rm -rf count
	traced() {
		bash -o pipefail -c "$(pipeline "$strategy" "$1" 40 |
		    sed "s#| tbroker#| strace -f -qq -o $PWD/trace $2 tbroker#")" \
		    >out 2>err
	}
	traced count "-e trace=$calls" || fail "$(cat err)"
	equal_trades whole count traced 3
	mv trace calls
	killed=0
	for call in ${calls//,/ }; do
		n=$(grep -c "\b$call(" calls || :)
		for ((when = 1; when <= n; when++)); do
			rm -rf killed
			! traced killed "-e inject=$call:signal=SIGKILL:when=$when" ||
				fail "$call $when: not killed"
			[ ! -e killed/ledger ] || cp killed/ledger before
			fused "$strategy" killed 40
			is_prefix before killed/ledger "$call $when"
			equal_trades whole killed "$call $when" 3
			killed=$((killed + 1))
		done
	done
	echo "killed at $killed calls" >&2
	[ "$killed" -ge 15 ]
}

@test "a torn last line is moved aside, damage in the middle refuses to start" {
	strategy=${strategies[0]}
	fused "$strategy" whole 60
	cp -r whole torn
	head -c -20 whole/ledger >torn/ledger
	fused "$strategy" torn 60
	equal_trades whole torn torn
	[ "$(cat torn/ledger.torn.1)" = "$(tail -n 1 whole/ledger | head -c -20)" ]
	printf '{"line":' >>torn/ledger
	fused "$strategy" torn 60
	grep -qx '{"line":' torn/ledger.torn.* || fail "the torn end is lost"
	equal_trades whole torn "torn again"
	n=$(($(wc -l <whole/ledger) / 2))
	for script in "${n}s/\"qty\":\([0-9]\)/\"qty\":9\1/" "${n}d" "${n}p" \
	    "${n}s/.\$//" "$n{h;d};$((n + 1))G"; do
		cp -r whole bad
		sed "$script" whole/ledger >bad/ledger
		! cmp -s whole/ledger bad/ledger || fail "$script alters nothing"
		cp bad/ledger before
		status=0
		bash -o pipefail -c "$(pipeline "$strategy" bad 70)" >out 2>err ||
			status=$?
		[ "$status" -eq 3 ] || fail "$script: status $status" "$(cat err)"
		grep -q "corrupt" err || fail "$script: $(cat err)"
		same before bad/ledger "$script"
		rm -r bad
	done
}

@test "with the file KILL nothing is traded, and it is said" {
	strategy=${strategies[0]}
	fused "$strategy" whole 60
	mkdir halted
	touch halted/KILL
	piped "$strategy" halted 60
	! grep -q last_qty out || fail "traded"
	! grep -q last_qty halted/ledger || fail "traded"
	jq -r 'select(.type == "veto") | .reasons' out >reasons
	[ "$(wc -l <reasons)" -ge 8 ]
	[ "$(grep -vc TRADING_HALTED reasons || :)" -eq 0 ]
	# Lifted, it goes on; what was vetoed is not made up for.
	rm halted/KILL
	piped "$strategy" halted 90
	grep -q last_qty out
}

@test "the file KILL stops a pipe that runs" {
	strategy="gen:7,N,1 | 'buy when sma_3 crosses above sma_8' 'sell when sma_3 crosses below sma_8' | --size fixed:10 | |"
	mkfifo fifo
	bash -o pipefail -c "$(pipeline "$strategy" halted 200 |
	    sed 's/^tfeed [^|]*|/cat fifo |/')" >out 2>err 3>&- &
	shell=$!
	exec 9>fifo
	tfeed gen:7,200,1 | head -n 100 >&9
	until grep -q '"seq":99' out; do
		kill -0 $shell 2>/dev/null || fail "$(cat err)"
	done
	touch halted/KILL
	tfeed gen:7,200,1 | tail -n +101 >&9
	exec 9>&-
	wait $shell || fail "status $?: $(cat err)"
	jq -r 'select(.type == "veto") | select(.reasons | contains("TRADING_HALTED")) | .id' out >halted.ids
	[ "$(wc -l <halted.ids)" -ge 4 ]
	[ "$(jq 'select(.last_qty and .seq > 101) | .id' out | wc -l)" -eq 0 ]
	[ "$(jq 'select(.last_qty) | .id' out | wc -l)" -ge 4 ]
}

@test "a second pipeline on an account ends with status 4, the first goes on" {
	strategy=${strategies[0]}
	fused "$strategy" whole 60
	mkfifo fifo
	bash -o pipefail -c "$(pipeline "$strategy" shared 60 |
	    sed 's/^tfeed [^|]*|/cat fifo |/')" >first 2>first.err 3>&- &
	shell=$!
	exec 9>fifo
	tfeed gen:7,60,3 | head -n 100 >&9
	until grep -q '"account"' first; do
		kill -0 $shell 2>/dev/null || fail "$(cat first.err)"
	done
	for how in 'bash -o pipefail -c' trun; do
		status=0
		$how "$(pipeline "$strategy" shared 60)" >out 2>err || status=$?
		[ "$status" -eq 4 ] || fail "$how: status $status" "$(cat err)"
		grep -q busy err || fail "$how: $(cat err)"
		! grep -q last_qty out || fail "$how: traded"
	done
	tfeed gen:7,60,3 | tail -n +101 >&9
	exec 9>&-
	wait $shell || fail "first: status $?: $(cat first.err)"
	equal_trades whole shared "beside a second"
}
