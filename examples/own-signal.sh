#!/usr/bin/env bash
# A strategy of your own, in any language: write a signal behind a bar. It is
# sized, checked and sealed like any other. Here: buy on Mondays, out on Fridays.
set -euo pipefail
cd "$(dirname "$0")"

mondays() {
	jq -c '., (select(.type == "bar")
		| (.time | fromdate | gmtime | .[6]) as $day
		| select($day == 1 or $day == 5)
		| {type: "signal", seq, time, symbol, strategy: "mondays",
		   action: (if $day == 1 then "BUY" else "EXIT" end),
		   price: .close})'
}

tfeed acme.csv | mondays |
	trisk --limits limits.json --size equity:20% | torder | tbroker paper |
	treport --json | jq -c '{trades, win_rate, return}'
