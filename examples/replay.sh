#!/usr/bin/env bash
# Record a seam with tee, and replay it: the decisions stay, the costs change.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tfeed acme.csv | tsignal @momentum |
	trisk --limits limits.json --size equity:20% | tee "$work/orders" |
	torder | tbroker paper >"$work/run"

for commission in 0 0.1% 0.5%; do
	torder <"$work/orders" | tbroker paper --commission "$commission" |
		treport --json | jq -c --arg c "$commission" '[$c, .fees, .return]'
done
