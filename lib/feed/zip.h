/* SPDX-License-Identifier: MIT */
/* A zip archive with one file in it. */
#ifndef TAPE_FEED_ZIP_H
#define TAPE_FEED_ZIP_H

#include "feed/bytes.h"

struct zip {
	char name[MEMBER_MAX]; /* of the member, as the archive has it */
	int method, has_descriptor, is_done;
	uint32_t crc_want, crc; /* want: of the header */
	uint64_t left; /* bytes of a stored member still to come */
};

int zip_begins(const unsigned char *s, size_t n);
/* Reads the header of the member at the start of the block. -1: see b->what. */
int zip_start(struct bytes *b);
/* As bytes_read, of the member. */
ssize_t zip_read(struct bytes *b, char *to, size_t n);

#endif
