/* SPDX-License-Identifier: MIT */
/* Reading on in a ledger that somebody else writes. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "account/ledger.h"

enum { READ_BYTES = 1 << 16 };

int
ledger_reader_init(struct ledger_reader *r, int fd,
    const struct ledger *source)
{
	memset(r, 0, sizeof *r);
	r->fd = fd;
	r->source = source;
	return record_init(&r->record);
}

void
ledger_reader_release(struct ledger_reader *r)
{
	buf_release(&r->data);
	record_release(&r->record);
}

/* Shows one line. */
static int
visit_line(struct ledger_reader *r, const char *line, size_t n,
    ledger_visit *visit, void *arg, struct problem *p)
{
	struct record_error e;
	const char *what;

	if (ledger_check_line(line, n, r->lines + 1, r->crc, &r->crc, &what))
		return problem_set(p, 3, "ledger line %llu: %s",
		    (unsigned long long)r->lines + 1, what);
	if (record_parse(&r->record, line, n, &e) != 0)
		return problem_set(p, 3, "ledger line %llu: %s",
		    (unsigned long long)r->lines + 1, e.what);
	r->lines++;
	r->offset += n + 1;
	return visit(arg, &r->record, p);
}

/* Shows the whole lines of data; *used gets their bytes. */
static int
visit_lines(struct ledger_reader *r, const struct buf *data, uint64_t lines,
    size_t *used, ledger_visit *visit, void *arg, struct problem *p)
{
	const char *at, *end;

	if (data->len == 0)
		return 0;
	at = data->data + *used;
	end = data->data + data->len;
	while (r->lines < lines && at < end) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));

		if (nl == NULL)
			break;
		if (visit_line(r, at, (size_t)(nl - at), visit, arg, p) != 0)
			return -1;
		at = nl + 1;
	}
	*used = (size_t)(at - data->data);
	return 0;
}

static int
read_more(struct ledger_reader *r, struct problem *p)
{
	char *room = buf_reserve(&r->data, READ_BYTES);
	ssize_t n;

	if (room == NULL)
		return problem_set(p, 1, "out of memory");
	do
		n = pread(r->fd, room, READ_BYTES,
		    (off_t)(r->offset + r->data.len));
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return problem_set(p, 1, "the ledger ends before line %llu",
		    (unsigned long long)r->lines + 1);
	r->data.len += (size_t)n;
	return 0;
}

int
ledger_read(struct ledger_reader *r, uint64_t lines, ledger_visit *visit,
    void *arg, struct problem *p)
{
	size_t used = r->offset;

	if (r->fd < 0) {
		if (visit_lines(r, &r->source->memory, lines, &used, visit,
		    arg, p) != 0)
			return -1;
		return r->lines >= lines ? 0 : problem_set(p, 1,
		    "the ledger ends before line %llu",
		    (unsigned long long)r->lines + 1);
	}
	while (r->lines < lines) {
		if (read_more(r, p) != 0)
			return -1;
		used = 0;
		if (visit_lines(r, &r->data, lines, &used, visit, arg, p) != 0)
			return -1;
		memmove(r->data.data, r->data.data + used, r->data.len - used);
		r->data.len -= used;
	}
	buf_clear(&r->data);
	return 0;
}
