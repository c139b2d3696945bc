#!/usr/bin/env bash
# Bad data is never repaired: it is refused, dropped or flagged, and counted.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A file with a row twice, a high below the low, and a missing day.
sed -e 3p -e '5s/^\([^,]*,[^,]*\),[^,]*/\1,1/' -e 9d acme.csv >"$work/acme.csv"

# What is refused goes to a file; the rest goes on.
tfeed "$work/acme.csv" |
	tclean -q --calendar weekdays --errors "$work/bad" >"$work/out"
jq -c '[.line, .reason]' "$work/bad"

# What is odd carries a flag.
jq -c 'select(.flags) | [.time, .flags]' "$work/out"

# And the end has the counts.
jq -c 'select(.type == "end") | {tclean_in, tclean_out, tclean_refused,
	tclean_dropped, tclean_flagged}' "$work/out"
