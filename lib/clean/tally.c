/* SPDX-License-Identifier: MIT */
/* Counting what passes, is refused, dropped and flagged. */
#include "base/digits.h"
#include "clean/state.h"

enum { COUNT_TEXT_MAX = 32 };

uint64_t
tally_in(const struct stage *s)
{
	const struct tclean *t = s->state;

	return t->passed + t->merged + t->dropped + s->rejects;
}

/* tfeed's own counts, where other records go out than came in. */
static int
put_records(struct stage *s, struct record *r)
{
	const struct tclean *t = s->state;
	struct key records = KEY("records"), last_seq = KEY("last_seq");
	uint64_t out = t->passed + t->made;

	if (record_find(r, &records) != NULL &&
	    record_put_int(r, &records, (int64_t)out) != 0)
		return -1;
	return record_find(r, &last_seq) == NULL ? 0
	    : record_put_int(r, &last_seq, t->out_seq);
}

int
tally_put(struct stage *s, struct record *r)
{
	const struct tclean *t = s->state;
	struct {
		struct key key;
		uint64_t count;
	} counts[] = {
		{ KEY("tclean_in"), tally_in(s) },
		{ KEY("tclean_out"), t->passed + t->made },
		{ KEY("tclean_refused"), s->rejects },
		{ KEY("tclean_dropped"), t->dropped },
		{ KEY("tclean_merged"), t->merged },
		{ KEY("tclean_made"), t->made },
		{ KEY("tclean_flagged"), t->flagged },
	};

	if (t->is_making && put_records(s, r) != 0)
		return stage_fail_memory(s);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (record_put_int(r, &counts[i].key,
		        (int64_t)counts[i].count) != 0)
			return stage_fail_memory(s);
	return 0;
}

/* 251,204 */
static const char *
grouped(uint64_t v, char text[COUNT_TEXT_MAX])
{
	char *p = text + COUNT_TEXT_MAX;

	*--p = '\0';
	while (v >= 1000) {
		v = digits_put(p, v, 3);
		p -= 4;
		*p = ',';
	}
	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	return p;
}

int
tally_check(struct stage *s)
{
	const struct tclean *t = s->state;
	struct dec refused = dec_int((int64_t)s->rejects);
	char a[COUNT_TEXT_MAX], b[COUNT_TEXT_MAX], share[DEC_TEXT_MAX];
	struct dec in = dec_int((int64_t)tally_in(s)), percent;
	struct money limit, is;

	if (s->rejects == 0 || money_product(in, t->max_bad, &limit) != 0 ||
	    money_from_dec(refused, &is) != 0 || money_cmp(is, limit) <= 0 ||
	    dec_mul(t->max_bad, dec_int(100), DEC_SCALE_MAX, DEC_HALF_EVEN,
	        &percent) != 0)
		return 0;
	return stage_fail(s, EXIT_INPUT,
	    "%s of %s records refused, more than --max-bad %.*s%% allows "
	    "(see %s)", grouped(s->rejects, a), grouped(tally_in(s), b),
	    (int)dec_print(percent, share), share, s->common.errors);
}

void
tally_say(struct stage *s)
{
	const struct tclean *t = s->state;
	char n[7][COUNT_TEXT_MAX];

	stage_info(s, "%s in, %s out, %s refused, %s dropped, %s merged, "
	    "%s made, %s flagged",
	    grouped(tally_in(s), n[0]), grouped(t->passed + t->made, n[1]),
	    grouped(s->rejects, n[2]), grouped(t->dropped, n[3]),
	    grouped(t->merged, n[4]), grouped(t->made, n[5]),
	    grouped(t->flagged, n[6]));
}
