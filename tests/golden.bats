#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016
# Whole strategies over real data, against the fills and the equity curves that
# other engines made of them. The data is not part of this tree: it lies in
# ../shared, or where TAPE_SHARED says.
load helper

setup() {
	golden=${TAPE_SHARED:-$TOP/../shared}/golden/public
	out=$BATS_TEST_TMPDIR/out
}

# matches CASE: piped and fused are the same bytes, and the peer's figures.
matches() {
	[ -d "$golden/backtests/$1" ] || skip "no golden data ($golden)"
	cd "$golden/data" || return
	bash -o pipefail -c "$(cat "$TOP/tests/golden/$1.pipe")" >"$out.piped" ||
		fail "piped: status $?"
	trun "$(cat "$TOP/tests/golden/$1.pipe")" >"$out.fused" ||
		fail "fused: status $?"
	same "$out.piped" "$out.fused" "piped and fused"
	"$TOP/tests/golden/compare" "$golden/backtests/$1" "$out.piped" >&2
}

@test "p01: sma cross long spy" {
	matches p01_sma_cross_long_spy
}

@test "p02: rsi long spy commission" {
	matches p02_rsi_long_spy_commission
}

@test "p03: bollinger reversion spy" {
	matches p03_bollinger_reversion_spy
}

@test "p05: pyalgotrade official sma market" {
	matches p05_pyalgotrade_official_sma_market
}

@test "p06: pyalgotrade official sma limit" {
	matches p06_pyalgotrade_official_sma_limit
}

@test "p07: donchian stop orders spy" {
	matches p07_donchian_stop_orders_spy
}

@test "p08: limit pullback spy" {
	matches p08_limit_pullback_spy
}

@test "p09: bracket spy" {
	matches p09_bracket_spy
}

@test "p10: slippage longshort spy" {
	matches p10_slippage_longshort_spy
}

@test "p11: multi asset shared cash" {
	matches p11_multi_asset_shared_cash
}

@test "p12: lean official buy and hold" {
	matches p12_lean_official_buy_and_hold
}

@test "every pipeline in tests/golden is among these tests" {
	for pipe in "$TOP"/tests/golden/*.pipe; do
		grep -q "matches $(basename "$pipe" .pipe)\$" \
		    "$BATS_TEST_FILENAME" || fail "$pipe"
	done
}

# A case of two fills, and the run that it wants.
make_case() {
	case=$BATS_TEST_TMPDIR/case
	mkdir "$case"
	printf '%s\n' time,symbol,side,qty,price,commission,order_id \
	    2020-01-03,AA,buy,10,5.25,0.52500000000000002,1 \
	    2020-01-05,AA,sell,10,5.5,0.55,2 >"$case/fills.csv"
	printf '%s\n' time,cash,equity \
	    2020-01-02,1000,1000 2020-01-03,946.975,999.475 \
	    2020-01-05,1001.425,1001.4249999999999 >"$case/equity.csv"
	cat >"$out" <<-END
		{"type":"meta","format":"tape 1"}
		{"type":"account","time":"2020-01-02T00:00:00Z","cash":1000,"equity":1000}
		{"type":"report","time":"2020-01-03T00:00:00Z","symbol":"AA","event":"accepted","side":"buy","qty":10}
		{"type":"report","time":"2020-01-03T00:00:00Z","symbol":"AA","event":"partial","side":"buy","last_qty":10,"last_price":5.25,"fee":0.525}
		{"type":"account","time":"2020-01-03T00:00:00Z","cash":946.975,"equity":999.475}
		{"type":"report","time":"2020-01-05T00:00:00Z","symbol":"AA","event":"filled","side":"sell","last_qty":10,"last_price":5.5,"fee":0.55}
		{"type":"account","time":"2020-01-05T00:00:00Z","cash":1001.425,"equity":1001.425}
		{"type":"end","records":3}
	END
}

# refuses WHAT SED-SCRIPT: the run, altered so, no longer compares.
refuses() {
	sed "$2" "$out" >"$out.bad"
	! cmp -s "$out" "$out.bad" || fail "$1: the script alters nothing"
	status=0
	"$TOP/tests/golden/compare" "$case" "$out.bad" >"$out.said" 2>&1 ||
		status=$?
	[ "$status" -ne 0 ] || fail "$1: passed"
	[ -s "$out.said" ] || fail "$1: said nothing"
}

@test "compare passes what is equal, and no more" {
	make_case
	"$TOP/tests/golden/compare" "$case" "$out"
	refuses "a price 1e-8 off" 's/"last_price":5.25/"last_price":5.25000001/'
	refuses "a quantity" 's/"last_qty":10,"last_price":5.5/"last_qty":11,"last_price":5.5/'
	refuses "the side" 's/"side":"sell"/"side":"buy"/'
	refuses "the symbol" '/partial/s/AA/AB/'
	refuses "the day of a fill" '/partial/s/01-03/01-02/'
	refuses "a commission" 's/"fee":0.55}/"fee":0.5501}/'
	refuses "no commission" 's/,"fee":0.55}/}/'
	refuses "a missing fill" '/"event":"filled"/d'
	refuses "a fill too many" '/"event":"filled"/p'
	refuses "no fills at all" '/last_qty/d'
	refuses "equity 1e-5 off" 's/"equity":1001.425/"equity":1001.42501/'
	refuses "cash 1e-5 off" 's/"cash":946.975/"cash":946.97499/'
	refuses "equity null" 's/"equity":999.475/"equity":null/'
	refuses "a missing account" '/"cash":946.975/d'
	refuses "an account too many" '/"cash":946.975/p'
	refuses "a cut line" '$s/.*/{"type":"account","time":"2020/'
	: >"$out.bad"
	! "$TOP/tests/golden/compare" "$case" "$out.bad" || fail "nothing passed"
}

@test "compare allows the noise of a peer's doubles, and less than 1e-6 of money" {
	make_case
	sed -i 's/999.475/999.4750009/' "$out"
	"$TOP/tests/golden/compare" "$case" "$out"
}
