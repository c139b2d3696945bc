/* SPDX-License-Identifier: MIT */
/* Waiting at the gate and reading on in the ledger. */
#include "account/view.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"

enum { SLEEP_MS = 100 };

int
view_open(struct view *v, struct stage *s, struct account *a, int64_t timeout)
{
	char file[4200];
	int fd = -1;

	v->account = a;
	v->timeout = timeout;
	book_init(&v->book);
	if (a->path[0] != '\0') {
		if (account_file(a, "ledger", file, sizeof file) == 0)
			fd = open(file, O_RDONLY | O_CREAT | O_CLOEXEC |
			    O_NOFOLLOW, 0600);
		if (fd < 0)
			return stage_fail_errno(s, "cannot open", file);
	}
	v->is_open = 1;
	return ledger_reader_init(&v->reader, fd, NULL) == 0 ? 0 :
	    stage_fail_memory(s);
}

void
view_close(struct view *v)
{
	if (!v->is_open)
		return;
	if (v->reader.fd >= 0)
		close(v->reader.fd);
	ledger_reader_release(&v->reader);
	book_release(&v->book);
	v->is_open = 0;
}

static int64_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * TIME_SECOND + ts.tv_nsec;
}

/* Nothing has moved for too long: say what is likely the matter. */
static int
give_up(struct stage *s, const struct gate_view *at, int is_alive)
{
	if (!at->is_attached)
		return stage_fail(s, EXIT_BUSY, "no tbroker reads this pipe "
		    "(end it with 'tbroker paper', or run %s with --account "
		    "none), or a filter before it holds lines back (use jq "
		    "--unbuffered)", s->desc->name);
	if (!is_alive)
		return stage_fail(s, EXIT_BUSY, "tbroker has ended before the "
		    "stream did");
	return stage_fail(s, EXIT_BUSY, "tbroker waits for lines that do not "
	    "come: a filter between %s and tbroker holds them back (use jq "
	    "--unbuffered, grep --line-buffered, sed -u or stdbuf -oL)",
	    s->desc->name);
}

/* Who may be blamed, and for how long to be patient. A reader of tbroker's
 * output that pauses holds it in GATE_WRITING: that never counts. */
struct patience {
	int64_t since, dead_since; /* 0: tbroker lives */
	struct gate_view last;
};

/* When tbroker ends because its own reader did, this stage's reader follows
 * in a moment, and nobody is to blame. */
#define DEAD_PATIENCE TIME_SECOND

static int
is_over(struct view *v, struct patience *p, const struct gate_view *at,
    int is_alive)
{
	int moved = at->seq != p->last.seq || at->lines != p->last.lines ||
	    at->state != p->last.state ||
	    at->is_attached != p->last.is_attached;

	if (moved || (at->is_attached && is_alive &&
	    at->state != GATE_READING)) {
		p->last = *at;
		p->since = now();
		return 0;
	}
	if (at->is_attached && !is_alive && p->dead_since == 0)
		p->dead_since = now();
	return now() - p->since >= v->timeout || (p->dead_since != 0 &&
	    now() - p->dead_since >= DEAD_PATIENCE);
}

static int
wait_for(struct view *v, struct stage *s, int64_t seq, struct gate_view *at)
{
	struct patience p = {.since = 0};

	gate_look(&v->account->gate, v->account->session, at);
	if (at->is_attached && at->seq >= seq)
		return 0;
	if (stage_flush(s) != 0)
		return -1;
	p.since = now();
	p.last = *at;
	for (;;) {
		int is_alive;

		gate_sleep(&v->account->gate, at, SLEEP_MS);
		is_alive = gate_is_alive(&v->account->gate);
		gate_look(&v->account->gate, v->account->session, at);
		if (at->is_attached && at->seq >= seq)
			return 0;
		if (!stage_has_reader(s))
			return -1;
		if (is_over(v, &p, at, is_alive)) {
			gate_give_up(&v->account->gate);
			return give_up(s, at, is_alive);
		}
	}
}

static int
read_to(struct view *v, struct stage *s, uint64_t lines)
{
	struct problem p;

	if (v->reader.lines >= lines)
		return 0;
	if (ledger_read(&v->reader, lines, book_apply, &v->book, &p) != 0)
		return stage_fail(s, p.status, "%s", p.text);
	return 0;
}

int
view_sync(struct view *v, struct stage *s, int64_t seq)
{
	struct ledger *shared = v->account->shared;
	struct gate_view at;

	if (shared != NULL) {
		v->reader.source = shared;
		return read_to(v, s, shared->lines);
	}
	if (v->account->gate.page == NULL)
		return stage_fail(s, EXIT_BUSY, "no tbroker reads this pipe "
		    "(end it with 'tbroker paper', or run %s with --account "
		    "none)", s->desc->name);
	return wait_for(v, s, seq, &at) != 0 ? -1 : read_to(v, s, at.lines);
}
