#!/usr/bin/env python3
"""@momentum:20 as a stage of its own: tfeed acme.csv | ./momentum.py | ...

Records pass on as they are; a signal is written behind its bar."""
import json
import sys
from collections import defaultdict, deque

N = 20
closes = defaultdict(lambda: deque(maxlen=N + 1))
before = {}

for line in sys.stdin:
    sys.stdout.write(line)
    bar = json.loads(line)
    if bar["type"] != "bar":
        continue
    symbol, last = bar["symbol"], closes[bar["symbol"]]
    last.append(bar["close"])
    if len(last) <= N:
        continue
    change, old = last[-1] - last[0], before.get(symbol)
    before[symbol] = change
    if old is None:
        continue
    action = ("BUY" if change > 0 >= old else
              "SELL" if change < 0 <= old else None)
    if action:
        print(json.dumps({
            "type": "signal", "seq": bar["seq"], "time": bar["time"],
            "symbol": symbol, "strategy": "momentum", "action": action,
            "price": bar["close"]}, separators=(",", ":")))
