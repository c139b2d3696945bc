/* SPDX-License-Identifier: MIT */
/* Round trips and account records as CSV. Money and prices are exact, ratios in
 * the shortest form; an empty field is not known. */
#include <math.h>

#include "report/output.h"

int
output_trades_header(struct buf *b)
{
	return buf_add_str(b,
	    "entry_time,exit_time,symbol,side,qty,entry_price,"
	    "exit_price,gross_pnl,fees,net_pnl,return,bars\n");
}

static int
comma(struct buf *b)
{
	return buf_add_char(b, ',');
}

static int
add_prices(struct buf *b, const struct roundtrip *t)
{
	if (output_dec(b, t->qty) < 0 || comma(b) < 0 ||
	    output_dec(b, t->entry_price) < 0 || comma(b) < 0)
		return -1;
	return output_dec(b, t->exit_price);
}

static int
add_results(struct buf *b, const struct roundtrip *t)
{
	if (output_money(b, t->gross) < 0 || comma(b) < 0 ||
	    output_money(b, t->fees) < 0 || comma(b) < 0 ||
	    output_money(b, t->net) < 0 || comma(b) < 0)
		return -1;
	return output_real(b, roundtrip_return(t));
}

int
output_trade(struct buf *b, const struct roundtrip *t, int digits)
{
	if (output_time(b, t->entry_time, digits) < 0 || comma(b) < 0 ||
	    output_time(b, t->exit_time, digits) < 0 ||
	    buf_addf(b, ",%s,%s,", t->symbol, t->side > 0 ? "long" : "short") <
		0 ||
	    add_prices(b, t) < 0 || comma(b) < 0 || add_results(b, t) < 0 ||
	    comma(b) < 0)
		return -1;
	if (t->bars >= 0 && buf_addf(b, "%lld", (long long)t->bars) < 0)
		return -1;
	return buf_add_char(b, '\n');
}

int
output_equity_header(struct buf *b)
{
	return buf_add_str(b, "time,equity,cash,drawdown\n");
}

int
output_equity(struct buf *b, const struct report_account *a,
    const struct money *cash, double drawdown)
{
	if (output_time(b, a->time, a->digits) < 0 || comma(b) < 0 ||
	    output_money(b, a->equity) < 0 || comma(b) < 0)
		return -1;
	if (cash != NULL && output_money(b, *cash) < 0)
		return -1;
	if (comma(b) < 0 || output_real(b, drawdown) < 0)
		return -1;
	return buf_add_char(b, '\n');
}
