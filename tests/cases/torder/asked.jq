# What torder asked for, and what came of it: a short line a record. Ids are
# shown without strategy and symbol.
def short: sub("main-X-"; "");
if .type == "request" then
	"\(.seq) \(.request) \(.id | short)" +
	(if .request == "new" then
		": \(.side) \(.qty) \(.order_type)" +
		(if .limit then " limit \(.limit)" else "" end) +
		(if .stop then " stop \(.stop)" else "" end) +
		(if .stop_loss then " stop-loss \(.stop_loss)" else "" end) +
		(if .timeout then " (\(.timeout), \(.then))" else "" end)
	else "" end)
elif .type == "report" and .event != "accepted" then
	"  \(.seq) \(.event) \(.id | short)" +
	(if .last_qty then ": \(.last_qty) at \(.last_price)" else "" end) +
	(if .reason then " (\(.reason))" else "" end)
else
	empty
end
