/* SPDX-License-Identifier: MIT */
/* The bytes of a source: a file or standard input, gzip unpacked on the way. */
#ifndef TAPE_FEED_BYTES_H
#define TAPE_FEED_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <zlib.h>

enum { BYTES_BLOCK = 65536 };

struct bytes {
	const char *path; /* borrowed; NULL: standard input */
	int fd; /* -1: not open now */
	int is_regular;
	int is_parked; /* regular files are open only while they are read */
	int at_end;
	off_t offset;
	dev_t dev;
	ino_t ino;
	z_stream *gz; /* owned; NULL: plain */
	int gz_done; /* the member is complete */
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
void bytes_close(struct bytes *b);

#endif
