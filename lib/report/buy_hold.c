/* SPDX-License-Identifier: MIT */
/* Return of buying all symbols in equal parts at their first close and holding
 * to the last: mean over symbols of last close / first close - 1. */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
buy_hold_return(const struct report *r)
{
	double x = market_hold_return(&r->market);

	if (!isnan(x))
		return value_real(x);
	for (size_t i = 0; i < r->market.symbols.count; i++)
		if (r->market.symbol[i].has_close)
			return value_null("a close was zero or below");
	return value_null("no bars in the input (see tbroker --pass)");
}

const struct statistic statistic_buy_hold_return = {"buy_hold_return",
    "Buy and hold", GROUP_RESULT, UNIT_PERCENT, buy_hold_return};
