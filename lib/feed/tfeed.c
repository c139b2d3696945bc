/* SPDX-License-Identifier: MIT */
/* tfeed: its options, and its life as a stage. */
#include "feed/tfeed.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/zone.h"
#include "feed/probe.h"
#include "feed/run.h"

enum { ACTION_FORMATS = 1, ACTION_PROBE, MANY_SOURCES = 64 };

#define AT(member) offsetof(struct tfeed, member)

static const char format_choices[] = "auto"
#define FORMAT(name) "|" #name
#include "feed/list.def"
#undef FORMAT
    ;

static const struct option_row options[] = {
	{ 0, "format", "F", OPT_CHOICE, AT(format),
	    "read sources as this format (see --formats)", "auto",
	    format_choices, 0, 0 },
	{ 0, "symbol", "S", OPT_STRING, AT(symbol),
	    "the symbol of what has none of its own", NULL, NULL, 0, 0 },
	{ 0, "span", "1d", OPT_SPAN, AT(span),
	    "how long a bar is; told from the rows if they are plain about it",
	    NULL, NULL, 0, 0 },
	{ 0, "tz", "Z", OPT_STRING, AT(zone),
	    "time zone of clocks that do not tell theirs", NULL, NULL, 0, 0 },
	{ 0, "date", "dmy|mdy", OPT_CHOICE, AT(feed.order),
	    "what 3/4/2024 is: day or month first; auto: by a value above 12",
	    "auto", "auto|dmy|mdy", 0, 0 },
	{ 0, "decimal", "MARK", OPT_CHOICE, AT(feed.decimal),
	    "what stands before decimals; auto: a point, or as the format has it",
	    "auto", "auto|point|comma", 0, 0 },
	{ 0, "map", "MAP", OPT_STRING, AT(feed.map),
	    "what columns mean: time=Datum,open=Erster,... or by their numbers",
	    NULL, NULL, 0, 0 },
	{ 0, "digits", "N", OPT_CHOICE, AT(digits),
	    "fraction digits of time; auto: 0 for bars, 9 for ticks", "auto",
	    "auto|0|1|2|3|4|5|6|7|8|9", 0, 0 },
	{ 0, "since", "T", OPT_STRING, AT(since),
	    "feed what begins at T or later", NULL, NULL, 0, 0 },
	{ 0, "until", "T", OPT_STRING, AT(until),
	    "feed what begins before T", NULL, NULL, 0, 0 },
	{ 0, "follow", NULL, OPT_FLAG, AT(feed.is_following),
	    "wait for more at the end of the file, as it grows", NULL, NULL, 0,
	    0 },
	{ 0, "speed", "1x|60x|max", OPT_STRING, AT(speed),
	    "replay by the clock, this many times as fast; max: do not wait",
	    "max", NULL, 0, 0 },
	{ 0, "bare", NULL, OPT_FLAG, AT(bare), "write no meta and no end", NULL,
	    NULL, 0, 0 },
	{ 0, "formats", NULL, OPT_ACTION, 0, "list the formats", NULL, NULL,
	    ACTION_FORMATS, 0 },
	{ 0, "probe", NULL, OPT_ACTION, 0, "tell what each source is taken for, "
	    "why, its first records and what is wrong", NULL, NULL,
	    ACTION_PROBE, 0 },
	{ 0, "json", NULL, OPT_FLAG, AT(json), "with --formats: as JSON lines",
	    NULL, NULL, 0, 0 },
	{ 0 },
};

/* A date or a time as OPT_TIME reads it; `none` when it was not given. */
static int
read_bound(struct stage *s, const char *name, const char *text, int64_t none,
    int64_t *out)
{
	const struct option_row row = { .name = name, .arg = "a date or a time "
	    "as 2024-01-31T14:30:00Z", .type = OPT_TIME };
	struct option_error e;

	*out = none;
	if (text == NULL || option_set(&row, out, text, &e) == 0)
		return 0;
	return stage_fail(s, EXIT_USAGE, "%s", e.text);
}

static int
read_zone(struct stage *s, struct tfeed *t)
{
	if (t->zone == NULL)
		return 0;
	t->feed.zone = zone_new(t->zone);
	if (t->feed.zone != NULL)
		return 0;
	if (errno == ENOMEM)
		return stage_fail_memory(s);
	return stage_fail(s, EXIT_USAGE, "unknown time zone '%s' (wants UTC, "
	    "+05:30 or a name as America/New_York)", t->zone);
}

static int
check_operands(struct stage *s, const struct tfeed *t)
{
	int stdins = 0;

	if (s->argc == 0)
		return stage_fail(s, EXIT_USAGE, "no source given (wants "
		    "[SYMBOL=]FILE, - or gen:SEED,BARS,SYMBOLS)");
	for (int i = 0; i < s->argc; i++) {
		size_t n = strlen(s->argv[i]);

		stdins += strcmp(s->argv[i], "-") == 0
		    || (n > 2 && strcmp(s->argv[i] + n - 2, "=-") == 0);
	}
	if (stdins > 1)
		return stage_fail(s, EXIT_USAGE, "standard input can be read "
		    "only once");
	if (t->symbol != NULL && !text_is_symbol(t->symbol, strlen(t->symbol)))
		return stage_fail(s, EXIT_USAGE, "'%s' is no symbol (wants "
		    "letters, digits and ._:/^=-)", t->symbol);
	return 0;
}

/* What the operands stand for, and that it can be followed. */
static int
find_sources(struct stage *s, struct tfeed *t)
{
	if (pace_parse(t->speed, &t->pace) < 0)
		return stage_fail(s, EXIT_USAGE, "bad speed '%s' (wants 1x, "
		    "60x, 0.5x or max)", t->speed);
	for (int i = 0; i < s->argc; i++)
		if (expand_operand(s, s->argv[i], &t->operands) < 0)
			return -1;
	if (t->feed.is_following && t->operands.n > 1)
		return stage_fail(s, EXIT_USAGE, "only one source can be "
		    "followed (fix: a tfeed for each)");
	return 0;
}

static int
tfeed_open(struct stage *s)
{
	struct tfeed *t = s->state;
	struct feed *feed = &t->feed;

	if (check_operands(s, t) < 0 || find_sources(s, t) < 0
	    || read_zone(s, t) < 0
	    || read_bound(s, "since", t->since, INT64_MIN, &feed->since) < 0
	    || read_bound(s, "until", t->until, INT64_MAX, &feed->until) < 0)
		return -1;
	feed->stage = s;
	feed->format = t->format == 0 ? NULL : feed_formats[t->format - 1];
	feed->symbol = t->symbol;
	feed->span = t->span;
	feed->seq = 1;
	feed->is_parking = t->operands.n > MANY_SOURCES;
	run_set_digits(feed, t->digits - 1);
	item_keys_init(&feed->keys);
	t->sources = calloc((size_t)t->operands.n, sizeof *t->sources);
	if (t->sources == NULL || merge_init(&t->merge, t->operands.n) < 0
	    || record_init(&feed->record) < 0 || record_init(&t->meta) < 0)
		return stage_fail_memory(s);
	return 0;
}

static int
list_format(struct stage *s, const struct feed_format *f, int json)
{
	struct buf b = { 0 };
	int rc;

	if (!json)
		return stage_printf(s, "%-18s %s\n", f->name, f->summary);
	rc = buf_addf(&b, "{\"format\":\"%s\",\"summary\":", f->name);
	rc |= text_add_json(&b, f->summary, strlen(f->summary));
	rc |= buf_add_str(&b, "}\n");
	rc = rc != 0 ? stage_fail_memory(s) : stage_write(s, b.data, b.len);
	buf_release(&b);
	return rc;
}

static int
tfeed_extra(struct stage *s, int which)
{
	const struct tfeed *t = s->state;

	if (which == ACTION_PROBE)
		return tfeed_open(s) < 0 ? -1 : probe_run(s);
	for (int i = 0; feed_formats[i] != NULL; i++)
		if (list_format(s, feed_formats[i], t->json) < 0)
			return -1;
	return 0;
}

static void
tfeed_close(struct stage *s)
{
	struct tfeed *t = s->state;

	run_close(s);
	free(t->sources);
	operands_release(&t->operands);
	pace_release(&t->pace);
	merge_release(&t->merge);
	table_release(&t->feed.symbols);
	record_release(&t->feed.record);
	record_release(&t->meta);
	zone_free(t->feed.zone);
}

static const char *const examples[] = {
	"tfeed AAPL.csv",
	"tfeed --since 2020-01-01 SPY=spy_daily.csv QQQ=qqq_daily.csv.gz",
	"tfeed --probe unknown.txt",
	"tfeed gen:1,1000,5 | tfeat sma:20",
	NULL,
};

const struct stage_desc tfeed_stage = {
	.name = "tfeed",
	.summary = "read market data and merge it by when it was known",
	.synopsis = "[SYMBOL=]SOURCE...",
	.examples = examples,
	.records = "reads CSV files, plain or gzip, and recorded streams; writes "
	    "meta, then bar, trade and quote records, then end",
	.options = options,
	.state_size = sizeof(struct tfeed),
	.kind = STAGE_SOURCE,
	.open = tfeed_open,
	.run = run_feed,
	.close = tfeed_close,
	.extra = tfeed_extra,
};
