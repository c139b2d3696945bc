#!/usr/bin/env bash
# A stage of your own, in any language: read a line, write it on, add fields to
# the bars you know. Here awk counts how often in a row the close has fallen.
set -euo pipefail
cd "$(dirname "$0")"

count_falls() {
	awk '/"type":"bar"/ && match($0, /"close":[0-9.]+/) {
		close_now = substr($0, RSTART + 8, RLENGTH - 8) + 0
		count = NR > 2 && close_now < before ? count + 1 : 0
		before = close_now
		sub(/}$/, ",\"fallen\":" count "}")
	}
	{ print }'
}

tfeed acme.csv | count_falls |
	tsignal 'buy when fallen = 4 max-bars 5' |
	trisk --limits limits.json --size equity:20% | torder | tbroker paper |
	treport --json | jq -c '{trades, win_rate, return}'
