# What a broker said, a short line a record: seq, event, order, execution.
if .type == "report" then
	"\(.seq) \(.event) \(.order_type // "-")" +
	(if .role then "/\(.role)" else "" end) + " \(.side // "-") \(.qty // "-")" +
	(if .last_qty then ": \(.last_qty) at \(.last_price)" else "" end) +
	(if .fee and .fee != 0 then " fee \(.fee)" else "" end) +
	(if .event == "partial" then " leaves \(.leaves_qty)" else "" end) +
	(if .event == "accepted" or .event == "replaced" then
		(if .limit then " limit \(.limit)" else "" end) +
		(if .stop then " stop \(.stop)" else "" end)
	else "" end) +
	(if .priced_on then " priced on \(.priced_on[0:10])" else "" end) +
	(if .reason then " (\(.reason))" else "" end)
elif .type == "position" then
	"\(.seq) position \(.symbol) \(.qty) at \(.avg_price) realized \(.realized)"
elif .type == "account" then
	"\(.seq) cash \(.cash) equity \(.equity)"
elif .type == "veto" then
	"\(.seq) veto \(.action) (\(.reasons))"
else
	empty
end
