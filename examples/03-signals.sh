#!/usr/bin/env bash
# Features are fields of bars; rules over them make signals, and say why.
set -euo pipefail
cd "$(dirname "$0")"

# How is this one computed?
tfeat --explain rsi | sed -n 1,3p

# The last bar with two features.
tfeed --bare acme.csv | tfeat rsi:14 slow=sma:50 | tail -1 |
	jq -c '{time, close, rsi_14, slow}'

# When does it fire? A rule cannot look ahead: there is no way to say it.
tfeed acme.csv | tfeat rsi:14 |
	tsignal 'buy when rsi_14 crosses above 30 stop-loss -5% max-bars 20' |
	jq -r 'select(.type == "signal") | "\(.time)  \(.action)  \(.why)"'
