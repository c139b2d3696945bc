#!/usr/bin/env bash
# The classic: buy when a fast average crosses a slow one, sell when it falls
# back. The whole system, from a file to statistics.
set -euo pipefail
cd "$(dirname "$0")"

tfeed acme.csv | tclean | tfeat sma:10 sma:30 |
	tsignal 'buy when sma_10 crosses above sma_30' \
		'sell when sma_10 crosses below sma_30' |
	trisk --limits limits.json --size equity:20% |
	torder | tbroker paper --commission 0.1% --slippage 5bp --pass |
	treport
