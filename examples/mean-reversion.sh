#!/usr/bin/env bash
# A strategy in a file: each program takes its own lines of it.
set -euo pipefail
cd "$(dirname "$0")"
strategy=strategies/reversion.strat

# What does it say, in full?
tsignal --explain "@$strategy"

# Its trades, as CSV: when out, entry, exit, profit.
tfeed acme.csv | tfeat "@$strategy" | tsignal "@$strategy" |
	trisk --limits limits.json --size equity:25% |
	torder | tbroker paper --commission 0.1% |
	treport --csv trades | cut -d, -f2,6,7,10
