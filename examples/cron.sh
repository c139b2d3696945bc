#!/usr/bin/env bash
# A daily job with an account that lasts. Running it twice, or again after a
# crash, does nothing twice: what is in the ledger already is passed over.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
account=$work/account # from cron, a name: --account trend

job() { # the data that there is on this day
	tfeed --until "$1" acme.csv | tfeat sma:5 sma:20 |
		tsignal 'buy when sma_5 crosses above sma_20' \
			'sell when sma_5 crosses below sma_20' |
		trisk --limits limits.json --size equity:20% --account "$account" |
		torder | tbroker paper >"$work/run"
	echo "until $1: $(jq -r 'select(.event == "filled")' "$work/run" |
		jq -s length) fills, ledger of $(wc -l <"$account/ledger") lines"
}

job 2000-06-01
job 2000-06-01
job 2000-12-01
