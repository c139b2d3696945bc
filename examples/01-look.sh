#!/usr/bin/env bash
# Look at data: every line between two programs is a JSON object.
set -euo pipefail
cd "$(dirname "$0")"

# The first record tells about the stream, then come bars, then the end.
tfeed acme.csv | sed -n 1,2p

# jq reads it as it is. How many bars, from when to when?
tfeed --bare acme.csv | jq -sc '{bars: length, from: .[0].time, to: .[-1].time}'

# Two files become one stream, in the order in which bars were known. A bar
# with "more" is not the last of its moment.
tfeed --bare acme.csv bolt.csv | jq -c '[.seq, .time, .symbol, .more]' |
	sed -n 1,4p
