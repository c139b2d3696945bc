# @momentum:20 as a stage of its own: tfeed acme.csv | awk -f momentum.awk | ...
# Records pass on as they are; a signal is written behind its bar.
function field(name) {
	if (!match($0, "\"" name "\":(\"[^\"]*\"|[^,}]*)"))
		return "null"
	return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
}

function signal(action) {
	printf "{\"type\":\"signal\",\"seq\":%s,\"time\":%s,\"symbol\":%s,",
	    field("seq"), field("time"), symbol
	printf "\"strategy\":\"momentum\",\"action\":\"%s\",\"price\":%s}\n",
	    action, field("close")
}

{ print }

field("type") == "\"bar\"" {
	symbol = field("symbol")
	n = count[symbol]++
	close_of[symbol, n] = field("close") + 0
	change = n >= 20 ? close_of[symbol, n] - close_of[symbol, n - 20] : 0
	if (n >= 21 && change > 0 && before[symbol] <= 0)
		signal("BUY")
	if (n >= 21 && change < 0 && before[symbol] >= 0)
		signal("SELL")
	before[symbol] = change
	delete close_of[symbol, n - 20]
}
