#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Nothing that trisk did not approve is ever filled: orders and requests are
# altered, repeated, delayed, deleted, moved and forged between torder and
# tbroker. The broker refuses them with a reason, and the rest trades on.
load helper

setup_file() {
	load helper
	cd "$BATS_FILE_TMPDIR" || return
	record gen:3,120,1 --size fixed:100 --tick 0.01 --allow short,flip >rec
	tbroker paper <rec >genuine
	jq -r 'select(.type == "order" and .action == "BUY") | .id' rec |
		sed -n 2p >buy
	jq -r 'select(.type == "order" and .cancels) | .id' rec |
		head -n 1 >sell
	# Which fills there may be: of these ids, sides and quantities.
	jq -r 'select(.last_qty) | [.id, .side, .qty, .last_qty, .last_price] |
	    @csv' genuine >fills
}

# record SOURCE TRISK-OPTION...: what torder writes in a run.
record() {
	source=$1
	shift
	tfeed "$source" | tfeat sma:3 sma:8 |
		tsignal 'buy when sma_3 crosses above sma_8 stop close*1.001
		    limit close*1.05 tif gtc stop-loss -3% take-profit +4%
		    trail 5% max-bars 9' 'sell when sma_3 crosses below sma_8' |
		trisk --limits unlimited "$@" | torder | tee tee.$$ |
		tbroker paper >/dev/null
	cat tee.$$
	rm tee.$$
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	in=$BATS_FILE_TMPDIR
	buy=$(cat "$in/buy")
	sell=$(cat "$in/sell")
	[ "$(wc -l <"$in/fills")" -ge 10 ] && [ -n "$buy" ] && [ -n "$sell" ]
}

# line TYPE ID: the number of that order or (new) request in the record.
line() {
	awk -v type="\"type\":\"$1\"" -v id="\"id\":\"$2\"" \
	    'index($0, type) && index($0, id) { print NR; exit }' "$in/rec"
}

# alter TYPE ID FILTER: the record with that line put through jq.
alter() {
	local n
	n=$(line "$1" "$2")
	head -n $((n - 1)) "$in/rec"
	sed -n "${n}p" "$in/rec" | jq -c "$3"
	tail -n +$((n + 1)) "$in/rec"
}

# broker WHAT: runs it over `forged`; nothing is filled that the genuine run
# did not fill, but what hung on the forged order.
broker() {
	tbroker paper <forged >out 2>err || fail "$1: status $?" "$(cat err)"
	jq -r 'select(.last_qty) | [.id, .side, .qty, .last_qty, .last_price] |
	    @csv' out >fills
	# Exits of an entry that a forged sell did not close may go off later;
	# no other fill may be new.
	grep -vxFf "$in/fills" fills | grep -v -- "^\"$buy-\(stop\|profit\|trail\|time\)\"" >new || :
	[ ! -s new ] || fail "$1: filled" "$(cat new)"
	awk -F, '$3 != 100 || $4 != 100' fills >new
	[ ! -s new ] || fail "$1: a quantity" "$(cat new)"
	# And the rest goes on: all but what hung on one order.
	[ "$(wc -l <fills)" -ge $(($(wc -l <"$in/fills") - 3)) ] ||
		fail "$1: only $(wc -l <fills) fills"
}

# refused WHAT ID REASON...: nothing of the id was filled, and why.
refused() {
	broker "$1"
	! grep -q "^\"$2\"" fills || fail "$1: filled"
	jq -r 'select(.event == "rejected") | .reason' out >reasons
	grep -qxE "$3" reasons || fail "$1: no $3 but: $(xargs <reasons)"
}

@test "the record itself, replayed, trades as it did" {
	cp "$in/rec" forged
	broker genuine
	same "$in/genuine" out genuine
}

bad='SEAL_INVALID|NOT_SEALED|INVALID_FIELD|OUT_OF_ORDER'

alterations() {
	cat <<-'END'
		.id += "x"
		.id = "main-GEN1-20990101T000000-1"
		.id |= ascii_upcase
		.seq += 1
		.seq -= 1
		.seq = null
		del(.seq)
		.symbol = "GEN2"
		.symbol = "gen1"
		.side = "sell"
		del(.side)
		.qty = 101
		.qty = 99
		.qty = 1000
		.qty = 100.000000001
		.qty = -100
		.qty = "100"
		del(.qty)
		.target = 200
		.target = 1000
		.target = -100
		del(.target)
		.order_type = "market"
		.order_type = "limit"
		.order_type = "stop"
		.order_type = "trail"
		del(.order_type)
		.limit = 1000
		.limit += 0.01
		.limit -= 0.01
		del(.limit)
		.stop -= 1
		.stop += 0.01
		del(.stop)
		.tif = "day"
		.tif = "ioc"
		del(.tif)
		.stop_loss = "-9%"
		.stop_loss = "+3%"
		.stop_loss = 50
		del(.stop_loss)
		.take_profit = "+4.1%"
		.take_profit = 200
		del(.take_profit)
		.trail = "6%"
		del(.trail)
		.max_bars = 10
		.max_bars = 0
		del(.max_bars)
		.worst = 1000
		.worst += 0.01
		del(.worst)
		.tick = 0.05
		.tick = 0
		del(.tick)
		.allow = "short,flip,margin"
		.allow = "short"
		.allow = ""
		del(.allow)
		.seal = null
		del(.seal)
		.seal = ""
		.seal |= ascii_upcase
		.seal |= sub("^.";"x")
		.seal |= .[:63]
		.seal += "0"
		.seal = 0
	END
}

@test "an order with one field altered is refused, and so is its request" {
	tried=0
	while read -r filter; do
		alter order "$buy" "$filter" >forged
		! cmp -s forged "$in/rec" || fail "$filter alters nothing"
		refused "order: $filter" "$buy" "$bad"
		grep -qxE 'UNKNOWN_PARENT' reasons || fail "$filter: its request"
		tried=$((tried + 1))
	done < <(
		alterations
		cat <<-'END'
			.strategy = "other"
			del(.strategy)
			.action = "SELL"
			.action = "SHORT"
			del(.action)
			.limits = "0123456789abcdef"
			del(.limits)
			.cancels = "main-GEN1-20000125T000000-1"
		END
	)
	[ "$tried" -gt 60 ]
}

@test "a request with one field altered is refused" {
	tried=0
	while read -r filter; do
		alter request "$buy" "$filter" >forged
		! cmp -s forged "$in/rec" || fail "$filter alters nothing"
		refused "request: $filter" "$buy" "$bad"
		tried=$((tried + 1))
	done < <(
		alterations
		cat <<-'END'
			.parent = "main-GEN1-20000125T000000-1"
			.parent += "x"
			del(.parent)
			.request = "cancel"
			.request = "replace"
			del(.request)
			.mark = null
			del(.mark)
			.mark |= sub("^.";"x")
			.mark = .seal
			.seal = .mark
		END
	)
	[ "$tried" -gt 60 ]
}

@test "the cancels of an order cannot be altered, nor used for others" {
	for filter in 'del(.cancels)' '.cancels = "x"' '.cancels += ",x"'; do
		alter order "$sell" "$filter" >forged
		refused "$filter" "$sell" "$bad"
	done
	# A cancel of torder, turned to another order.
	n=$(awk -v id="\"parent\":\"$sell\"" 'index($0, id) &&
	    /"request":"cancel"/ { print NR; exit }' "$in/rec")
	for filter in '.id |= sub("-stop$";"-profit")' '.id = "x"' '.seq -= 1' \
	    '.seal = null' '.mark = .seal' ".parent = \"$buy\""; do
		{
			head -n $((n - 1)) "$in/rec"
			sed -n "${n}p" "$in/rec" | jq -c "$filter"
			tail -n +$((n + 1)) "$in/rec"
		} >forged
		broker "cancel: $filter"
		jq -r 'select(.event == "rejected") | .reason' out >reasons
		grep -qxE "$bad|UNKNOWN_ORDER" reasons ||
			fail "cancel: $filter: $(cat reasons)"
	done
}

@test "altered by sed in a pipe that runs, nothing of it is filled" {
	run_pipe() {
		tfeed gen:3,120,1 | tfeat sma:3 sma:8 |
			tsignal 'buy when sma_3 crosses above sma_8' \
			    'sell when sma_3 crosses below sma_8' |
			trisk --limits unlimited --size fixed:100 | "$@" |
			tbroker paper >out || fail "status $?"
	}
	between_torder() { torder | sed -u "$1"; }
	between_trisk() { sed -u "$1" | torder; }
	for where in between_torder between_trisk; do
		for script in '/"type":"order"/s/"qty":100/"qty":1000/' \
		    '/"type":"order"/s/"target":100/"target":1000/' \
		    '/"type":"\(order\|request\)"/{s/"qty":100/"qty":1000/;s/"target":100/"target":1000/}' \
		    '/"type":"order"/s/"seal":"[^"]*"/"seal":null/'; do
			run_pipe $where "$script"
			! grep -q last_qty out || fail "$where: $script: filled"
			grep -q '"reason":"\(SEAL_INVALID\|NOT_SEALED\)"' out
		done
	done
	# One order in the middle: the others trade.
	run_pipe between_torder '/"request":"new","id":"main-GEN1-20000205T/s/"qty":100/"qty":900/'
	grep -q SEAL_INVALID out
	! grep -q '"qty":900.*last_qty' out || fail "filled"
	[ "$(grep -c last_qty out)" -ge 6 ]
}

# without N...: the record less these lines.
without() {
	sed "$(printf '%dd;' "$@")" "$in/rec"
}

@test "repeated, it is filled once, and the second is told as a duplicate" {
	for type in order request; do
		n=$(line $type "$buy")
		sed "${n}p" "$in/rec" >forged
		broker "$type twice"
		grep -q DUPLICATE_CLIENT_ORDER_ID out || fail "$type twice: unsaid"
		same "$in/fills" fills "$type twice"
	done
	# And later, when it could trade again.
	n=$(line order "$buy")
	last=$(grep -n '"type":"bar"' "$in/rec" | tail -n 9 | head -n 1 |
	    cut -d: -f1)
	{
		head -n "$last" "$in/rec"
		sed -n "$n,$((n + 1))p" "$in/rec"
		tail -n +$((last + 1)) "$in/rec"
	} >forged
	broker "again, later"
	grep -q 'OUT_OF_ORDER' out
	same "$in/fills" fills "again, later"
}

@test "delayed past a bar it is out of order" {
	for type in order request; do
		n=$(line $type "$buy")
		next=$(awk -v n="$n" 'NR > n && /"type":"bar"/ { print NR; exit }' "$in/rec")
		{
			sed -n "1,${next}p" "$in/rec" | sed "${n}d"
			sed -n "${n}p" "$in/rec"
			tail -n +$((next + 1)) "$in/rec"
		} >forged
		refused "$type, late" "$buy" 'OUT_OF_ORDER|UNKNOWN_PARENT'
	done
	# Both, and moved to before the bar that they were decided on.
	n=$(line order "$buy")
	bar=$(awk -v n="$n" 'NR < n && /"type":"bar"/ { at = NR } END { print at }' "$in/rec")
	{
		head -n $((bar - 1)) "$in/rec"
		sed -n "$n,$((n + 1))p" "$in/rec"
		sed -n "$bar,$((n - 1))p" "$in/rec"
		tail -n +$((n + 2)) "$in/rec"
	} >forged
	refused "early" "$buy" OUT_OF_ORDER
}

@test "deleted or reordered, it is not filled" {
	n=$(line order "$buy")
	without "$n" >forged
	refused "no order" "$buy" UNKNOWN_PARENT
	without $((n + 1)) >forged
	broker "no request"
	! grep -q "^\"$buy\"" fills || fail "filled without a request"
	sed -n "1,$((n - 1))p;$((n + 1))p" "$in/rec" >forged
	tail -n +"$n" "$in/rec" | sed 2d >>forged
	refused "request before its order" "$buy" UNKNOWN_PARENT
	# A bar that is missing makes all orders decided on it late.
	without "$(awk -v n="$n" 'NR < n && /"type":"bar"/ { at = NR } END { print at }' "$in/rec")" >forged
	tbroker paper <forged >out
	! grep "\"id\":\"$buy\"" out | grep -q last_qty || fail "filled"
	grep -q OUT_OF_ORDER out
}

@test "an order of another run is not taken" {
	echo '{"max_order_qty": 1000, "max_order_notional": 25000,
	    "max_position": 1000, "max_position_notional": "30%"}' >limits.json
	record gen:3,120,1 --size fixed:1000 --tick 0.01 --allow short,flip >size
	record gen:3,120,2 --size fixed:100 --tick 0.01 --allow short,flip >data
	record gen:3,120,1 --size fixed:100 --tick 0.01 \
	    --allow short,flip --limits limits.json >limits
	record gen:3,120,1 --size fixed:100 --tick 0.01 \
	    --allow short,flip,margin >allow
	for other in size data limits allow; do
		n=$(line order "$buy")
		{
			head -n $((n - 1)) "$in/rec"
			grep -E '^.."type|^{"type":"(order|request)"' "$other" |
				grep "\"id\":\"$buy\"" | head -n 2
			tail -n +$((n + 2)) "$in/rec"
		} >forged
		[ "$(wc -l <forged)" -eq "$(wc -l <"$in/rec")" ] ||
			fail "$other: has no $buy"
		refused "of another $other" "$buy" "$bad"
		# All of them, under this run's session.
		{
			sed '/^{"type":"session"/q' "$in/rec"
			sed '0,/^{"type":"session"/d' "$other"
		} >forged
		tbroker paper <forged >out
		! grep -q last_qty out || fail "all of another $other: filled"
		grep -q SEAL_INVALID out
	done
}

@test "without its session, or with another's, nothing is filled" {
	sed '/^{"type":"session"/d' "$in/rec" >forged
	tbroker paper <forged >out 2>err
	! grep -q last_qty out || fail "filled"
	[ "$(jq -r 'select(.type == "report") | .reason' out | sort -u)" = \
	    NOT_SEALED ] || fail "$(grep '"report"' out | head -n 3)"
	for script in 's/"session":"./"session":"_/' 's/"key":"../"key":"00/'; do
		sed "/^{\"type\":\"session\"/$script" "$in/rec" >forged
		tbroker paper <forged >out
		! grep -q last_qty out || fail "$script: filled"
		grep -q SEAL_INVALID out || fail "$script: unsaid"
	done
}

@test "an order of an account's earlier session is not taken again" {
	account=$PWD/account
	run_days() {
		tfeed "gen:3,$1,1" | tfeat sma:3 sma:8 |
			tsignal 'buy when sma_3 crosses above sma_8' \
			    'sell when sma_3 crosses below sma_8' |
			trisk --limits unlimited --size fixed:100 \
			    --account "$account" | torder | tee "$2" |
			tbroker paper >"$2.out"
	}
	run_days 60 first
	cp account/ledger one
	grep -c last_qty first.out
	# The whole record, once more: it trades nothing.
	tbroker paper <first >out
	! grep -q last_qty out || fail "traded twice"
	[ "$(grep -c last_qty account/ledger)" -eq "$(grep -c last_qty one)" ]
	run_days 120 second
	jq -c 'select(.last_qty) | .id' account/ledger | sort >all
	[ "$(wc -l <all)" -eq "$(uniq all | wc -l)" ] || fail "filled twice"
	# Orders of the first session, put where the second one would decide.
	n=$(grep -n '"type":"order"' second | head -n 1 | cut -d: -f1)
	grep -E '^{"type":"(order|request)"' first | tail -n 2 |
		sed "s/\"seq\":[0-9]*/$(sed -n "${n}p" second |
		    grep -o '"seq":[0-9]*')/" >old
	cp -r account copy
	{
		sed -n "1,$((n - 1))p" second
		cat old
		sed -n "$n,\$p" second
	} | sed "s|$account\"|$PWD/copy\"|" >forged
	rm copy/ledger
	tbroker paper <forged >out
	grep -q SEAL_INVALID out || fail "$(grep -m 3 report out)"
	old_id=$(sed -n 1p old | jq -r .id)
	! grep "\"id\":\"$old_id\"" out | grep -q last_qty || fail "filled"
	grep -q last_qty out
}

@test "numbers written in another way do no harm" {
	for script in 's/\("[a-z_]*":\)\([0-9]*\)\([,}]\)/\1\2.0\3/g' \
	    's/"\(qty\|target\)":100\b/"\1":100.00/' 's/"qty":100\b/"qty":1e2/' \
	    's/\("\(limit\|stop\|worst\)":[0-9]*\.[0-9]*\)/\1000/g'; do
		sed "/^{\"type\":\"\(order\|request\|veto\)\"/{
		    s/\"seq\":/\"SEQ\" :/
		    $script
		    s/\"SEQ\" :\([0-9]*\)\(\.0\)*/\"seq\":\1/
		    s/\"max_bars\":9.0/\"max_bars\":9/
		    s/\"asof\":\([0-9]*\)\.0/\"asof\":\1/ }" "$in/rec" >forged
		! cmp -s forged "$in/rec" || fail "$script alters nothing"
		tbroker paper <forged >out
		jq -r 'select(.last_qty) | [.id, .side, .qty, .last_qty,
		    .last_price] | @csv' out >fills
		same "$in/fills" fills "$script"
	done
	jq -c . "$in/rec" >forged
	tbroker paper <forged >out
	same "$in/genuine" out "through jq"
	# Spaces, and the keys the other way round.
	jq -c 'if .type == "order" or .type == "request" then
	    {type, seq} + (to_entries | reverse | from_entries) else . end' \
	    "$in/rec" | sed 's/":/" : /g; s/,"/ , "/g' >forged
	tbroker paper <forged >out
	jq -r 'select(.last_qty) | [.id, .side, .qty, .last_qty, .last_price] |
	    @csv' out >fills
	same "$in/fills" fills "other spacing and order"
}

@test "an order written by hand is not filled" {
	n=$(line order "$buy")
	for seal in '"seal":null' '"seal":"'"$(printf '0%.0s' {1..64})"'"' \
	    '"note":"no seal"'; do
		{
			head -n $((n - 1)) "$in/rec"
			seq=$(sed -n "${n}p" "$in/rec" | jq .seq)
			echo '{"type":"order","seq":'"$seq"',"time":"2000-02-04T00:00:00Z","symbol":"GEN1","id":"mine","strategy":"main","action":"BUY","side":"buy","qty":7,"target":7,"order_type":"market","tif":"day",'"$seal"'}'
			echo '{"type":"request","seq":'"$seq"',"time":"2000-02-04T00:00:00Z","symbol":"GEN1","request":"new","id":"mine","parent":"mine","side":"buy","qty":7,"target":7,"order_type":"market","tif":"day",'"$seal"'}'
			tail -n +"$n" "$in/rec"
		} >forged
		broker "$seal"
		grep '"id":"mine"' out | grep -q '"event":"rejected"'
	done
}

@test "random forgeries fill nothing" {
	"$TOP/tests/soak/forge.sh" 150 >&2
}
