/* SPDX-License-Identifier: MIT */
/* The bytes of a source: a file or standard input; gzip and zip are unpacked
 * and UTF-16 becomes UTF-8 on the way. */
#ifndef TAPE_FEED_BYTES_H
#define TAPE_FEED_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <zlib.h>

enum { BYTES_BLOCK = 65536, MEMBER_MAX = 256 };

struct utf16;
struct backward;

struct bytes {
	const char *path; /* borrowed; NULL: standard input */
	int fd; /* -1: not open now */
	int is_regular;
	int is_parked; /* regular files are open only while they are read */
	int at_end;
	off_t offset;
	dev_t dev;
	ino_t ino;
	z_stream *gz; /* owned; NULL: plain, or stored in a zip archive */
	int gz_done; /* the member is complete */
	struct zip *zip; /* owned; NULL: no zip archive */
	struct utf16 *utf16; /* owned; NULL: bytes as they are */
	struct backward *backward; /* owned; NULL: from the first line on */
	unsigned char first[4]; /* looked at, not yet handed out */
	size_t first_at, first_n;
	int has_first, is_failed; /* while looking at them */
	int is_following; /* at the end of a regular file: wait for more */
	int watch; /* owned: an inotify(7) instance, or 0 */
	int has_head; /* the first block was read, and looked at */
	unsigned char *block; /* owned: read, not yet handed out */
	size_t cap, at, len;
	const char *memory; /* in place of a file, in pieces of `piece` */
	size_t memory_len, piece;
	/* Waits until fd can be read, before each read of what is no regular
	 * file: 1 it can, 0 the input counts as ended, -1 stop. May be NULL. */
	int (*wait)(void *arg, int fd);
	void *wait_arg;
	const char *what; /* why the last call returned -1; NULL: wait said so */
	int error; /* its errno, or 0: the data is bad */
};

/* path NULL: standard input. The block size is that of one read. */
int bytes_open(struct bytes *b, const char *path, size_t block, int is_parked);
/* data must outlive b. */
int bytes_open_memory(struct bytes *b, const char *data, size_t n,
    size_t piece);
/* Between 1 and n bytes; 0 at the end; -1 fills what and error. */
ssize_t bytes_read(struct bytes *b, char *to, size_t n);
/* Whether the file itself is what bytes_read gives. */
int bytes_are_plain(const struct bytes *b);
/* The name of the one member of a zip archive, or NULL. */
const char *bytes_member(const struct bytes *b);
void bytes_close(struct bytes *b);

/* ---- for zip.c and utf16.c ---- */

/* More bytes of the file at block[at..len): 1, 0 the end, -1. */
int bytes_refill(struct bytes *b);
/* Unpacked, not yet converted: as bytes_read. */
ssize_t bytes_unpack(struct bytes *b, char *to, size_t n);
/* Says why a call fails: -1. */
int bytes_fail(struct bytes *b, const char *what, int error);

#endif
