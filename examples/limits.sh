#!/usr/bin/env bash
# Limits: what they are, and what they stopped.
set -euo pipefail
cd "$(dirname "$0")"
cat limits.json

# Ask for half of the equity each time: too much for these limits. Every
# signal that does not become an order becomes a veto with all reasons.
tfeed acme.csv cord.csv | tsignal @momentum |
	trisk --limits limits.json --size equity:50% | torder | tbroker paper |
	jq -r 'select(.type == "veto") | "\(.symbol) \(.reasons)"' |
	sort | uniq -c

# A veto has the numbers that it was decided on.
tfeed acme.csv | tsignal @momentum |
	trisk --limits limits.json --size equity:50% | torder | tbroker paper |
	jq -c 'select(.type == "veto" and .reason != "AT_TARGET")
		| {time, qty, price, notional, max_order_notional}' | sed -n 1p
