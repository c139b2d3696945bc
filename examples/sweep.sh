#!/usr/bin/env bash
# Several numbers for one rule. The best of many is mostly luck: look at how
# much they differ, not at who wins.
set -euo pipefail
cd "$(dirname "$0")"

for n in 5 10 20 40; do
	trun "tfeed acme.csv | tsignal @momentum:$n |
		trisk --limits unlimited --size equity:90% | torder |
		tbroker paper --commission 0.1% | treport --json" |
		jq -c --argjson n "$n" '{n: $n, trades, return, max_drawdown}'
done
