# @momentum:20 as a stage of its own:
# tfeed acme.csv | jq -cnf momentum.jq | ...
# Records pass on; a signal is written behind its bar.
def signal($bar; $action): $bar | {type: "signal", seq, time, symbol,
	strategy: "momentum", action: $action, price: .close};

foreach inputs as $r ({}; .out = [$r] |
	if $r.type != "bar" then . else
		.closes[$r.symbol] = (.closes[$r.symbol] // [])[-20:] + [$r.close]
		| .closes[$r.symbol] as $last
		| .before[$r.symbol] as $old
		| if ($last | length) <= 20 then . else
			($last[20] - $last[0]) as $change
			| .before[$r.symbol] = $change
			| if $old == null then .
			  elif $change > 0 and $old <= 0 then
				.out += [signal($r; "BUY")]
			  elif $change < 0 and $old >= 0 then
				.out += [signal($r; "SELL")]
			  else . end
		  end
	end; .out[])
