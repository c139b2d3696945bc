/* SPDX-License-Identifier: MIT */
/* The CSV layer on any bytes: rows do not depend on how the bytes arrive, and
 * headers, times and places are found without a fault. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "feed/columns.h"
#include "feed/delimiter.h"
#include "feed/number.h"
#include "feed/rows.h"
#include "feed/sniff.h"
#include "feed/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
look_at_row(const struct rows *r, struct columns *c, struct when *w)
{
	struct buf why = { 0 };
	int64_t line, ns;
	size_t column;
	struct dec d;
	int rounded;

	if (columns_by_row(c, r, NULL, &why) != NULL)
		columns_name(c, c->n - 1);
	if (columns_by_header(c, r, NULL, &why) != NULL)
		columns_name(c, c->n - 1);
	for (int i = 0; i < r->n && i < ROWS_CELLS_MAX; i++) {
		rows_place(r, i, &line, &column);
		if (line < r->line || column == 0)
			abort();
		when_parse(w, r->cells[i].s, r->cells[i].n, &ns);
		date_evidence(r->cells[i].s, r->cells[i].n);
		for (int how = DECIMAL_AUTO; how <= DECIMAL_COMMA; how++)
			number_read(r->cells[i].s, r->cells[i].n,
			    (enum decimal)how, &d, &rounded);
		if (i > 0)
			when_parse_two(w, r->cells[i - 1].s, r->cells[i - 1].n,
			    r->cells[i].s, r->cells[i].n, &ns);
	}
	buf_release(&why);
}

/* All that was read, with lengths, so that no two readings look alike. */
static void
read_all(const char *data, size_t n, size_t piece, struct buf *out)
{
	struct bytes bytes;
	struct lines lines;
	struct rows rows;
	struct columns columns = { 0 };
	struct when when = { 0 };
	int got;

	if (bytes_open_memory(&bytes, data, n, piece) < 0)
		abort();
	lines_init(&lines, &bytes, piece < 64 ? 64 : piece);
	if (rows_init(&rows, &lines, ',') < 0)
		abort();
	while ((got = rows_next(&rows)) > 0) {
		buf_addf(out, "%lld %d", (long long)rows.line, got);
		for (int i = 0; got == ROW_READ && i < rows.n
		    && i < ROWS_CELLS_MAX; i++) {
			buf_addf(out, " %zu:", rows.cells[i].n);
			buf_add(out, rows.cells[i].s, rows.cells[i].n);
		}
		if (got == ROW_READ && piece > 1)
			look_at_row(&rows, &columns, &when);
	}
	columns_release(&columns);
	rows_release(&rows);
	lines_release(&lines);
	bytes_close(&bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *s = n > 0 ? (const char *)data : "";
	struct buf whole = { 0 }, split = { 0 };

	delimiter_find(s, n);
	if (n >= 2 && data[0] == 0x1f && data[1] == 0x8b && n > 4096)
		return 0; /* zlib is fuzzed elsewhere; bombs only cost time */
	sniff_foreign(s, n);
	read_all(s, n, 65536, &whole);
	read_all(s, n, 1, &split);
	if (whole.len != split.len
	    || (whole.len > 0 && memcmp(whole.data, split.data, whole.len) != 0))
		abort();
	buf_release(&whole);
	buf_release(&split);
	return 0;
}
