/* SPDX-License-Identifier: MIT */
/* The values of bars, trades and quotes, and the names that files give them. */
#include "feed/item.h"

#include <string.h>

static const char *const names[MEANINGS] = {
	[IS_NOTHING] = "",
	[IS_TIME] = "time",
	[IS_CLOCK] = "clock",
	[IS_MS] = "ms_of_day",
	[IS_PER] = "per",
	[IS_SYMBOL] = "symbol",
	[IS_OPEN] = "open",
	[IS_HIGH] = "high",
	[IS_LOW] = "low",
	[IS_CLOSE] = "close",
	[IS_VOLUME] = "volume",
	[IS_TRADES] = "trades",
	[IS_VWAP] = "vwap",
	[IS_ADJ_CLOSE] = "adj_close",
	[IS_PRICE] = "price",
	[IS_SIZE] = "size",
	[IS_BID] = "bid",
	[IS_BID_SIZE] = "bid_size",
	[IS_ASK] = "ask",
	[IS_ASK_SIZE] = "ask_size",
};

static const struct synonym {
	const char *name;
	enum meaning is;
} synonyms[] = {
	{ "timestamp", IS_TIME },
	{ "date", IS_TIME },
	{ "datetime", IS_TIME },
	{ "gmttime", IS_TIME },
	{ "localtime", IS_TIME },
	{ "opentime", IS_TIME },
	{ "open_time", IS_TIME },
	{ "ts_event", IS_TIME },
	{ "t", IS_TIME },
	{ "ticker", IS_SYMBOL },
	{ "name", IS_SYMBOL },
	{ "o", IS_OPEN },
	{ "h", IS_HIGH },
	{ "l", IS_LOW },
	{ "c", IS_CLOSE },
	{ "close/last", IS_CLOSE },
	{ "last", IS_CLOSE },
	{ "v", IS_VOLUME },
	{ "vol", IS_VOLUME },
	{ "vol.", IS_VOLUME },
	{ "tickvol", IS_VOLUME },
	{ "tickvolume", IS_VOLUME },
	{ "tick_volume", IS_VOLUME },
	{ "volumeusd", IS_VOLUME },
	{ "volume_btc", IS_VOLUME },
	{ "count", IS_TRADES },
	{ "tradecount", IS_TRADES },
	{ "barcount", IS_TRADES },
	{ "transactions", IS_TRADES },
	{ "numberoftrades", IS_TRADES },
	{ "number_of_trades", IS_TRADES },
	{ "average", IS_VWAP },
	{ "weighted_price", IS_VWAP },
	{ "adjclose", IS_ADJ_CLOSE },
	{ "adjustedclose", IS_ADJ_CLOSE },
	{ "adjusted_close", IS_ADJ_CLOSE },
	{ "qty", IS_SIZE },
	{ "quantity", IS_SIZE },
	{ "bidsize", IS_BID_SIZE },
	{ "asksize", IS_ASK_SIZE },
	{ "bid_volume", IS_BID_SIZE },
	{ "ask_volume", IS_ASK_SIZE },
	{ "bidvolume", IS_BID_SIZE },
	{ "askvolume", IS_ASK_SIZE },
};

const char *
meaning_name(enum meaning m)
{
	return names[m];
}

static int
is_name(const char *name, const char *s, size_t n)
{
	return strlen(name) == n && memcmp(name, s, n) == 0;
}

enum meaning
meaning_of(const char *name, size_t n)
{
	for (int m = IS_TIME; m < MEANINGS; m++)
		if (is_name(names[m], name, n))
			return (enum meaning)m;
	for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
		if (is_name(synonyms[i].name, name, n))
			return synonyms[i].is;
	return IS_NOTHING;
}

enum meaning
item_value(enum record_type type, int i)
{
	enum meaning first = type == REC_BAR ? IS_OPEN
	    : type == REC_TRADE ? IS_PRICE : IS_BID;

	return (enum meaning)((int)first + i);
}

int
item_count(enum record_type type)
{
	return type == REC_BAR ? IS_ADJ_CLOSE - IS_OPEN + 1
	    : type == REC_TRADE ? IS_SIZE - IS_PRICE + 1
	    : IS_ASK_SIZE - IS_BID + 1;
}

int
item_is_required(enum meaning m)
{
	return (m >= IS_OPEN && m <= IS_CLOSE) || m == IS_PRICE
	    || m == IS_SIZE || m == IS_BID || m == IS_ASK;
}

static struct key
key(const char *name)
{
	return (struct key){ .name = name, .len = (uint16_t)strlen(name) };
}

void
item_keys_init(struct item_keys *k)
{
	k->seq = key("seq");
	k->time = key("time");
	k->symbol = key("symbol");
	k->span = key("span");
	k->more = key("more");
	for (int m = 0; m < MEANINGS; m++)
		k->value[m] = key(names[m]);
}
