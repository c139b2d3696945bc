#!/bin/sh
# SPDX-License-Identifier: MIT
# A whole run on made-up prices: seven programs in a pipe, then the same text
# in one process, and the proof that it makes no difference.
set -eu
cd "$(dirname "$0")/.."
PATH=$(cd "${B:-build}/bin" && pwd):$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pipeline="tfeed gen:42,2000,3 | tclean | tfeat sma:10 sma:30 |
  tsignal 'buy when sma_10 crosses above sma_30' 'sell when sma_10 crosses below sma_30' |
  trisk --limits unlimited --size fixed:10 | torder | tbroker paper"

echo "2,000 days of three made-up symbols through seven programs:"
echo
echo "  $pipeline | treport"
echo
sh -c "$pipeline" >"$work/piped"
treport <"$work/piped"

trun "$pipeline" >"$work/fused"
cmp "$work/piped" "$work/fused"
echo
echo "The same text in one process, trun '...', wrote the same" \
    "$(wc -c <"$work/fused") bytes."
