/* SPDX-License-Identifier: MIT */
/* The report as one JSON object. Undefined is null, with the reason in `why`.
 */
#include "base/text.h"
#include "report/output.h"

#include <string.h>

static int
add_value(struct buf *b, const struct statistic_value *v)
{
	switch (v->kind) {
	case VALUE_REAL:
		return output_real(b, v->real);
	case VALUE_INT:
		return buf_addf(b, "%lld", (long long)v->i);
	case VALUE_MONEY:
		return output_money(b, v->money);
	case VALUE_TIME:
		if (buf_add_char(b, '"') < 0 ||
		    output_time(b, v->i, v->digits) < 0)
			return -1;
		return buf_add_char(b, '"');
	case VALUE_NULL:
		break;
	}
	return buf_add_str(b, "null");
}

static int
add_reason(struct buf *b, const char *key, const char *why, int is_first)
{
	if (buf_addf(b, "%s\"%s\":", is_first ? "" : ",", key) < 0)
		return -1;
	return text_add_json(b, why, strlen(why));
}

static int
add_reasons(struct buf *b, const struct report *r)
{
	const struct statistic *const *s;
	struct statistic_value v;
	int is_first = 1;

	if (buf_add_str(b, "\"why\":{") < 0)
		return -1;
	for (s = statistics; *s != NULL; s++) {
		v = (*s)->value(r);
		if (v.kind != VALUE_NULL)
			continue;
		if (add_reason(b, (*s)->key, v.why, is_first) < 0)
			return -1;
		is_first = 0;
	}
	return buf_add_char(b, '}');
}

int
output_json(struct buf *b, const struct report *r)
{
	const struct statistic *const *s;
	struct statistic_value v;

	if (buf_add_char(b, '{') < 0)
		return -1;
	for (s = statistics; *s != NULL; s++) {
		v = (*s)->value(r);
		if (buf_addf(b, "\"%s\":", (*s)->key) < 0 ||
		    add_value(b, &v) < 0 || buf_add_char(b, ',') < 0)
			return -1;
	}
	if (add_reasons(b, r) < 0)
		return -1;
	return buf_add_str(b, "}\n");
}
