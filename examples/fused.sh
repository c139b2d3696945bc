#!/usr/bin/env bash
# Put quotes round a pipeline, and trun runs it in one process: the same bytes.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tfeed acme.csv bolt.csv | tfeat rsi:14 | tsignal 'buy when rsi_14 < 35' |
	trisk --limits limits.json --size notional:10000 |
	torder | tbroker paper >"$work/piped"

trun "tfeed acme.csv bolt.csv | tfeat rsi:14 | tsignal 'buy when rsi_14 < 35' |
	trisk --limits limits.json --size notional:10000 |
	torder | tbroker paper" >"$work/fused"

cmp "$work/piped" "$work/fused" && echo "the same bytes"
