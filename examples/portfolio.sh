#!/usr/bin/env bash
# Three symbols in one account: sizes see the whole market of each moment.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

trun 'tfeed acme.csv bolt.csv cord.csv | tclean | tsignal @momentum:15 |
	trisk --limits limits.json --size equity:10% | torder |
	tbroker paper --commission 0.1% --pass' >"$work/run"

treport --json <"$work/run" |
	jq -c '{equity_final, trades, exposure, max_drawdown}'

# The profit of each symbol, before fees: the last position that is told.
jq -sr '[.[] | select(.type == "position")] | group_by(.symbol)[] | .[-1]
	| "\(.symbol) \(.realized) \(.unrealized)"' "$work/run"
