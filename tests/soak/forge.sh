#!/bin/bash
# SPDX-License-Identifier: MIT
# tests/soak/forge.sh [COUNT [SEED]]: random forgeries of a recorded stream
# between torder and tbroker. Whatever is done to its orders and requests, each
# fill must be, byte for byte, one of the genuine run, and none comes twice.
# Says which seed went wrong, and leaves that stream behind.
set -u
count=${1:-5000} seed=${2:-1}
top=$(cd "$(dirname "$0")/../.." && pwd)
bin=$(cd "$top" && cd "${B:-build}/bin" && pwd) || exit 1
PATH=$bin:$PATH
work=$(mktemp -d) || exit 1
cd "$work" || exit 1
trap 'rm -rf "$work"' EXIT

# Nothing here works on after its bar, so a fill that fails leaves the others
# as they were: later sells meet their target at once.
record() {
	tfeed "gen:$1,150,2" | tfeat sma:3 sma:8 |
		tsignal 'buy when sma_3 crosses above sma_8 limit close*1.03' \
		    'sell when sma_3 crosses below sma_8' |
		trisk --limits unlimited --size "fixed:$2" --tick 0.01 |
		torder | tee "rec.$1.$2" | tbroker paper >/dev/null
}
record 3 100
record 3 250
record 4 100
tbroker paper <rec.3.100 | grep '"last_qty"' >genuine
[ "$(wc -l <genuine)" -ge 20 ] || {
	echo "the genuine run hardly trades"
	exit 1
}
grep -h '^{"type":"\(order\|request\)"' rec.3.250 rec.4.100 >foreign

# One forgery a line of work: a field of an order or request altered, or a line
# repeated, moved, dropped, or taken from another run.
forge() {
	awk -v seed="$1" '
	function any(n) { return int(rand() * n) + 1 }
	# A digit, a letter, a word or all of a value.
	function mutate(v, i, c) {
		if (rand() < .15)
			return any(3) == 1 ? "null" : any(2) == 1 ? "\"\"" : any(1000)
		if (v ~ /^[0-9.-]+$/ && rand() < .3)
			return v * (any(2) == 1 ? 10 : -1)
		i = any(length(v))
		c = substr(v, i, 1)
		if (c ~ /[0-9]/)
			c = (c + any(9)) % 10
		else if (c ~ /[a-zA-Z]/)
			c = substr("abcdefxyzABCDEFXYZ", any(18), 1)
		else
			i = 0
		return i ? substr(v, 1, i - 1) c substr(v, i + 1) : v
	}
	# The k-th field of a flat record: where its value begins, and how long.
	function alter(s, k, n, at, rest, m) {
		n = gsub(/":/, "\":", s)
		k = any(n)
		rest = s
		at = 0
		while (k-- > 0) {
			m = index(rest, "\":") + 1
			at += m
			rest = substr(rest, m + 1)
		}
		m = match(rest, /^"[^"]*"|^[^,}]*/) ? RLENGTH : 0
		return substr(s, 1, at) mutate(substr(rest, 1, m)) \
		    substr(rest, m + 1)
	}
	BEGIN {
		srand(seed)
		# The first numbers of some awks lie close together.
		for (i = 0; i < 5; i++)
			rand()
	}
	FILENAME == "foreign" { foreign[++foreigns] = $0; next }
	{ line[++n] = $0 }
	/^{"type":"(order|request)"/ { at[++orders] = n }
	END {
		for (times = any(3); times > 0; times--) {
			i = at[any(orders)]
			what = any(8)
			if (what <= 4)
				line[i] = alter(line[i])
			else if (what == 5)
				line[i] = line[i] "\n" line[i]
			else if (what == 6) {
				j = i + any(12) - 6
				if (j > 2 && j < n) {
					line[j] = line[j] "\n" line[i]
					line[i] = ""
				}
			} else if (what == 7)
				line[i] = ""
			else
				line[i] = foreign[any(foreigns)]
		}
		for (i = 1; i <= n; i++)
			if (line[i] != "")
				print line[i]
	}' foreign rec.3.100
}

bad=0 rejected=0
for ((i = seed; i < seed + count; i++)); do
	forge "$i" >forged
	tbroker paper <forged >out 2>err
	status=$?
	grep '"last_qty"' out >fills
	# A line that is no record any more may stop it (3); else it goes on.
	if [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; then
		what="status $status: $(head -n 1 err)"
	elif grep -vxFf genuine fills >new; then
		what="filled: $(head -n 1 new)"
	elif [ -n "$(sort fills | uniq -d)" ]; then
		what="filled twice"
	else
		grep -q '"event":"rejected"' out && rejected=$((rejected + 1))
		continue
	fi
	bad=$((bad + 1))
	cp forged "${TMPDIR:-/tmp}/forged.$i"
	echo "seed $i: $what (${TMPDIR:-/tmp}/forged.$i)"
done
echo "$count forgeries, $rejected refused with a reason, $bad went wrong"
[ "$bad" -eq 0 ] && [ "$rejected" -gt $((count / 3)) ]
