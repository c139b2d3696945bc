/* SPDX-License-Identifier: MIT */
/* The gate's page, its lock and its futex. */
#include "account/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "stage/stage.h"

enum { GATE_BYTES = 4096, SESSION_BYTES = 32, LOOKS = 1000 };

/* seq and lines are read together: version is odd while they change. */
struct gate_page {
	_Atomic uint32_t version; /* the futex */
	_Atomic uint32_t state;
	_Atomic int64_t seq;
	_Atomic uint64_t lines;
	_Atomic uint32_t waiters;
	_Atomic uint32_t given_up;
	char session[SESSION_BYTES];
};

int
gate_open(struct gate *g, const char *path, struct problem *p)
{
	g->page = NULL;
	g->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (g->fd < 0)
		return problem_errno(p, "cannot open", path);
	if (ftruncate(g->fd, GATE_BYTES) != 0)
		return problem_errno(p, "cannot size", path);
	g->page = mmap(NULL, GATE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED,
	    g->fd, 0);
	if (g->page == MAP_FAILED) {
		g->page = NULL;
		return problem_errno(p, "cannot map", path);
	}
	return 0;
}

void
gate_close(struct gate *g)
{
	if (g->page != NULL)
		munmap(g->page, GATE_BYTES);
	if (g->fd >= 0)
		close(g->fd);
	g->page = NULL;
	g->fd = -1;
}

static void
wake(struct gate_page *page)
{
	if (atomic_load(&page->waiters) != 0)
		syscall(SYS_futex, &page->version, FUTEX_WAKE, INT_MAX, NULL,
		    NULL, 0);
}

/* Odd, also when a tbroker was killed while it was. */
static void
begin_change(struct gate_page *page)
{
	atomic_store(&page->version, atomic_load(&page->version) | 1);
}

static void
end_change(struct gate_page *page)
{
	atomic_fetch_add(&page->version, 1);
	wake(page);
}

void
gate_forget(struct gate *g)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (g->page == NULL || fcntl(g->fd, F_OFD_SETLK, &lock) != 0)
		return;
	begin_change(g->page);
	memset(g->page->session, 0, SESSION_BYTES);
	end_change(g->page);
	lock.l_type = F_UNLCK;
	fcntl(g->fd, F_OFD_SETLK, &lock);
}

int
gate_attach(struct gate *g, const char *session, uint64_t lines,
    struct problem *p)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (fcntl(g->fd, F_OFD_SETLK, &lock) != 0) {
		if (errno == EAGAIN || errno == EACCES)
			return problem_set(p, EXIT_BUSY, "the account is busy: "
			    "another tbroker is at its gate");
		return problem_errno(p, "cannot lock", "gate");
	}
	begin_change(g->page);
	memset(g->page->session, 0, SESSION_BYTES);
	strncpy(g->page->session, session, SESSION_BYTES - 1);
	atomic_store(&g->page->seq, 0);
	atomic_store(&g->page->given_up, 0);
	atomic_store(&g->page->lines, lines);
	atomic_store(&g->page->state, GATE_WORKING);
	end_change(g->page);
	return 0;
}

void
gate_publish(struct gate *g, int64_t seq, uint64_t lines)
{
	if (g->page == NULL)
		return;
	begin_change(g->page);
	atomic_store(&g->page->seq, seq);
	atomic_store(&g->page->lines, lines);
	end_change(g->page);
}

void
gate_state(struct gate *g, enum gate_state state)
{
	if (g->page != NULL)
		atomic_store_explicit(&g->page->state, state,
		    memory_order_release);
}

int
gate_is_alive(const struct gate *g)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (fcntl(g->fd, F_OFD_GETLK, &lock) != 0)
		return 1;
	return lock.l_type != F_UNLCK;
}

void
gate_look(const struct gate *g, const char *session, struct gate_view *out)
{
	struct gate_page *page = g->page;
	uint32_t before, after;
	int looks = 0;

	do {
		before = atomic_load(&page->version);
		out->seq = atomic_load(&page->seq);
		out->lines = atomic_load(&page->lines);
		out->state = (enum gate_state)atomic_load(&page->state);
		out->is_attached = strncmp(page->session, session,
		    SESSION_BYTES - 1) == 0;
		after = atomic_load(&page->version);
	} while ((before != after || (before & 1) != 0) && ++looks < LOOKS);
	out->version = before;
	/* Between two states for so long: its tbroker was stopped, or killed. */
	if (!out->is_attached || looks == LOOKS)
		out->seq = 0;
}

void
gate_sleep(const struct gate *g, const struct gate_view *seen, int timeout_ms)
{
	struct gate_page *page = g->page;
	struct timespec ts = {.tv_sec = timeout_ms / 1000,
	    .tv_nsec = (long)(timeout_ms % 1000) * 1000000};

	atomic_fetch_add(&page->waiters, 1);
	syscall(SYS_futex, &page->version, FUTEX_WAIT, seen->version, &ts,
	    NULL, 0);
	atomic_fetch_sub(&page->waiters, 1);
}

void
gate_give_up(struct gate *g)
{
	atomic_store(&g->page->given_up, 1);
}

int
gate_was_given_up(const struct gate *g)
{
	return g->page != NULL && atomic_load(&g->page->given_up) != 0;
}
