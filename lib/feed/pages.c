/* SPDX-License-Identifier: MIT */
/* The reader of JSON pages: one after the other, as a loop of requests saves
 * them. All are read before the first record, for the pages of several symbols
 * come symbol by symbol, and some services have the newest first. */
#include "feed/pages.h"

#include <stdlib.h>
#include <string.h>

#include "feed/put.h"
#include "feed/steps.h"

struct pages {
	struct page_items items;
	int64_t span;
};

static size_t
read_some(void *to, size_t n, void *arg)
{
	struct source *src = arg;
	const char *s;
	size_t have;

	if (lines_peek_all(&src->lines, 1, &s, &have) < 0)
		return (size_t)-1;
	/* A byte at a time: what follows a page is the next one's. */
	(void)n;
	if (have == 0)
		return 0;
	*(char *)to = *s;
	lines_skip(&src->lines, 1);
	return 1;
}

/* White space between pages: 1 there is another one, 0 the end, -1. */
static int
next_page(struct source *src)
{
	const char *s;
	size_t n;

	for (;;) {
		if (lines_peek_all(&src->lines, 1, &s, &n) < 0)
			return source_fail_bytes(src);
		if (n == 0)
			return 0;
		if (memchr(" \t\r\n", *s, 4) == NULL)
			return 1;
		lines_skip(&src->lines, 1);
	}
}

static int
read_page(struct source *src)
{
	struct pages *p = src->state;
	json_error_t e;
	int64_t line = src->lines.line + 1;
	json_t *page = json_load_callback(read_some, src,
	    JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &e);
	int rc;

	if (page == NULL && src->bytes.what != NULL)
		return source_fail_bytes(src);
	if (page == NULL)
		return source_fail(src, EXIT_INPUT, line + e.line - 1,
		    "bad JSON: %s", e.text);
	src->line = line; /* rows are told by their page's */
	rc = pages_take(src, page, &p->items);
	json_decref(page);
	return rc;
}

/* By time; equal ones stay in their order, which `line` keeps. */
static int
compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void
sort(struct page_items *items)
{
	if (items->n == 0)
		return;
	for (int i = 0; i < items->n; i++)
		items->all[i].line = i;
	qsort(items->all, (size_t)items->n, sizeof *items->all, compare);
	for (int i = 0; i < items->n; i++)
		items->all[i].line = 0;
}

static int
settle_span(struct source *src)
{
	struct pages *p = src->state;
	const struct page_items *items = &p->items;

	if (items->n == 0 || items->all[0].type != REC_BAR)
		return 0;
	p->span = src->feed->span > 0 ? src->feed->span : items->span;
	if (p->span == 0)
		p->span = steps_common(items->all, items->n);
	if (p->span == 0)
		return source_fail(src, EXIT_USAGE, 0, "the rows do not tell "
		    "how long a bar is (fix: --span 1m, or what it is)");
	return 0;
}

static int
pages_open(struct source *src)
{
	struct pages *p = calloc(1, sizeof *p);
	int got;

	src->state = p;
	if (p == NULL)
		return stage_fail_memory(src->feed->stage);
	if (src->feed->is_following)
		return source_fail(src, EXIT_USAGE, 0, "JSON pages cannot be "
		    "followed (fix: leave out --follow)");
	while ((got = next_page(src)) > 0)
		if (read_page(src) < 0)
			return -1;
	if (got < 0)
		return -1;
	sort(&p->items);
	if (p->items.format != NULL)
		src->format = feed_format_find(p->items.format);
	source_guess(src, "format %s, by its %s", src->format->name,
	    src->feed->format != NULL ? "option" : "keys");
	src->digits = p->items.n > 0 && p->items.all[0].type != REC_BAR ? 9
	    : 0;
	stage_info(src->feed->stage, "%s: %s", src->name, buf_str(&src->why));
	return settle_span(src);
}

static int
pages_next(struct source *src)
{
	struct pages *p = src->state;
	struct page_items *items = &p->items;
	int rc = 1;

	while (rc > 0) {
		if (items->at == items->n)
			return 0;
		rc = source_at(src, items->all[items->at++].time, p->span, 0);
	}
	return rc < 0 ? -1 : 1;
}

static struct record *
pages_get(struct source *src)
{
	struct pages *p = src->state;

	return item_put(src->feed, &p->items.all[p->items.at - 1], p->span);
}

static void
pages_close(struct source *src)
{
	struct pages *p = src->state;

	if (p == NULL)
		return;
	free(p->items.all);
	free(p);
	src->state = NULL;
}

const struct source_reader pages_reader = {
	.open = pages_open,
	.next = pages_next,
	.get = pages_get,
	.close = pages_close,
};
