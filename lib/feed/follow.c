/* SPDX-License-Identifier: MIT */
/* Waits by inotify(7), on the file and on its folder: a file that was moved
 * away is read to its end, then the one that took its name; a file that was cut
 * short is read from its beginning. */
#include "feed/follow.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

static int
watch_folder(struct bytes *b)
{
	char folder[PATH_ROOM];
	const char *slash = strrchr(b->path, '/');
	size_t n = slash == NULL ? 1 : slash == b->path ? 1
	    : (size_t)(slash - b->path);

	if (n >= sizeof folder)
		return bytes_fail(b, "cannot watch the folder of",
		    ENAMETOOLONG);
	memcpy(folder, slash == NULL ? "." : b->path, n);
	folder[n] = '\0';
	return inotify_add_watch(b->watch, folder, IN_CREATE | IN_MOVED_TO) < 0
	    ? bytes_fail(b, "cannot watch the folder of", errno) : 0;
}

static int
watch_file(struct bytes *b)
{
	return inotify_add_watch(b->watch, b->path, IN_MODIFY | IN_ATTRIB
	    | IN_MOVE_SELF) < 0 && errno != ENOENT
	    ? bytes_fail(b, "cannot watch", errno) : 0;
}

static int
start(struct bytes *b)
{
	b->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (b->watch < 0)
		return bytes_fail(b, "cannot watch", errno);
	return watch_folder(b) < 0 || watch_file(b) < 0 ? -1 : 1;
}

/* Another file has the name now: 1 it is open, 0 none has, -1. */
static int
take_next(struct bytes *b)
{
	struct stat st;
	int fd = open(b->path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? 0 : bytes_fail(b, "cannot open",
		    errno);
	if (fstat(fd, &st) < 0) {
		close(fd);
		return bytes_fail(b, "cannot stat", errno);
	}
	close(b->fd);
	b->fd = fd;
	b->dev = st.st_dev;
	b->ino = st.st_ino;
	b->offset = 0;
	return watch_file(b) < 0 ? -1 : 1;
}

/* 1: there is more to read, 0: not yet, -1. */
static int
look(struct bytes *b)
{
	struct stat st, own;

	if (fstat(b->fd, &own) < 0)
		return bytes_fail(b, "cannot stat", errno);
	if (own.st_size > b->offset)
		return 1;
	if (own.st_size < b->offset) {
		b->offset = 0;
		return own.st_size > 0;
	}
	if (stat(b->path, &st) == 0 && (st.st_ino != b->ino
	    || st.st_dev != b->dev))
		return take_next(b);
	return 0;
}

int
follow_wait(struct bytes *b)
{
	char events[4096];
	int got;

	if (b->watch == 0 && start(b) < 0)
		return -1;
	for (;;) {
		/* After the watch is set and its events are taken: nothing
		 * that happens from here on is missed. */
		while (read(b->watch, events, sizeof events) > 0)
			;
		if ((got = look(b)) != 0)
			return got;
		got = b->wait(b->wait_arg, b->watch);
		if (got <= 0)
			return got < 0 ? bytes_fail(b, NULL, 0) : 0;
	}
}
