/* SPDX-License-Identifier: MIT */
/* How long one bar line takes to read, to write and to do both with a feature
 * added, in nanoseconds of processor time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "record/record.h"

enum { LINES = 4096, ROUNDS = 200, LINE_MAX = 512 };

static char lines[LINES][LINE_MAX];
static size_t lengths[LINES];

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* 13 fields, prices of 1 to 4 digits before and 0 to 4 after the point. */
static void
make_lines(void)
{
	struct random r = { 1 };
	int p[6];

	for (int i = 0; i < LINES; i++) {
		for (int j = 0; j < 6; j++)
			p[j] = (int)random_below(&r, 2000);
		lengths[i] = (size_t)snprintf(lines[i], LINE_MAX,
		    "{\"type\":\"bar\",\"seq\":%d,\"time\":\"2024-%02d-%02dT00:"
		    "00:00Z\",\"symbol\":\"GOOG\",\"span\":\"1d\",\"open\":%d.%d,"
		    "\"high\":%d.%d,\"low\":%d.%d,\"close\":%d.%d,\"volume\":%d,"
		    "\"sma_10\":%d.%d,\"sma_30\":%d.%d%d,\"rsi_14\":%d.%d}",
		    i + 1, 1 + i % 12, 1 + i % 28, p[0], p[1], p[0], p[2], p[0],
		    p[3], p[0], p[4], 1000 * p[5], p[0], p[1], p[0], p[1], p[2],
		    p[3] % 100, p[4]);
	}
}

static void
report(const char *what, double start)
{
	printf("%-24s %6.1f ns a line\n", what,
	    (now() - start) / LINES / ROUNDS);
}

int
main(void)
{
	struct key key = KEY("ema_12"), closing = KEY("close");
	struct record r, fused;
	struct record_error e;
	struct buf out = { 0 };
	size_t bytes = 0;
	double start, x = 0, sum = 0;

	make_lines();
	if (record_init(&r) != 0 || record_init(&fused) != 0)
		return 1;
	for (int i = 0; i < LINES; i++)
		bytes += lengths[i];
	printf("%-24s %6zu bytes a line\n", "", bytes / LINES);
	start = now();
	for (int k = 0; k < ROUNDS; k++)
		for (int i = 0; i < LINES; i++)
			if (record_parse(&r, lines[i], lengths[i], &e) != 0)
				return 1;
	report("parse", start);
	start = now();
	for (int k = 0; k < ROUNDS; k++)
		for (int i = 0; i < LINES; i++) {
			if (record_parse(&r, lines[i], lengths[i], &e) != 0 ||
			    field_real(record_find(&r, &closing), &x) != 0 ||
			    record_put_real(&r, &key, x * 1.1) != 0)
				return 1;
			sum += x;
			buf_clear(&out);
			if (record_print(&r, &out) != 0)
				return 1;
		}
	report("parse, put, print", start);
	record_copy(&fused, &r);
	fused.raw = NULL;
	start = now();
	for (int k = 0; k < ROUNDS; k++)
		for (int i = 0; i < LINES; i++) {
			buf_clear(&out);
			record_print(&fused, &out);
		}
	report("print field by field", start);
	printf("# %g\n", sum);
	record_release(&r);
	record_release(&fused);
	buf_release(&out);
	return 0;
}
