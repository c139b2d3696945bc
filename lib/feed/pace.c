/* SPDX-License-Identifier: MIT */
/* A timer of the monotonic clock, so that the wait ends with a signal, and what
 * was fed goes out before it. */
#include "feed/pace.h"

#include <errno.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"

int
pace_parse(const char *text, struct pace *p)
{
	size_t n = strlen(text);

	memset(p, 0, sizeof *p);
	if (strcmp(text, "max") == 0)
		return 0;
	if (n < 2 || text[n - 1] != 'x'
	    || dec_parse(text, n - 1, &p->speed) != DEC_OK)
		return -1;
	return dec_sign(p->speed) > 0 ? 0 : -1;
}

int64_t
pace_delay(struct dec speed, int64_t passed)
{
	struct dec d;

	if (dec_div(dec_int(passed), speed, 0, DEC_DOWN, &d) < 0)
		return INT64_MAX;
	return d.m;
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * TIME_SECOND + t.tv_nsec;
}

static int
begin(struct stage *s, struct pace *p, int64_t known)
{
	p->fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	if (p->fd < 0) {
		p->fd = 0;
		return stage_fail_errno(s, "cannot make a timer", "--speed");
	}
	p->first = known;
	p->start = now();
	return 0;
}

int
pace_wait(struct stage *s, struct pace *p, int64_t known)
{
	struct itimerspec at = { 0 };
	int64_t passed, due;

	if (dec_sign(p->speed) == 0)
		return 1;
	if (p->fd == 0 && begin(s, p, known) < 0)
		return -1;
	if (__builtin_sub_overflow(known, p->first, &passed)
	    || __builtin_add_overflow(p->start, pace_delay(p->speed, passed),
	    &due))
		due = INT64_MAX;
	if (due <= now())
		return 1;
	at.it_value.tv_sec = due / TIME_SECOND;
	at.it_value.tv_nsec = due % TIME_SECOND;
	if (timerfd_settime(p->fd, TFD_TIMER_ABSTIME, &at, NULL) < 0)
		return stage_fail_errno(s, "cannot set a timer", "--speed");
	return stage_wait(s, p->fd);
}

void
pace_release(struct pace *p)
{
	if (p->fd > 0)
		close(p->fd);
	p->fd = 0;
}
