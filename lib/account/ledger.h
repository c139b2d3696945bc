/* SPDX-License-Identifier: MIT */
/* The ledger file: append-only NDJSON, each line chained to the one before.
 *
 *   {"line":N,"type":...,"time":...,...,"prev":"crc of N-1","crc":"crc32c"}
 *
 * crc is eight hex digits over every byte of the line before the key "crc";
 * prev of line 1 is 00000000. Lines are written in batches, one write() each;
 * a batch ends with an `instant`, `end` or `ledger` line, and what stands
 * behind the last of those is not part of the account yet. tape-ledger(5). */
#ifndef TAPE_LEDGER_H
#define TAPE_LEDGER_H

#include <stdint.h>

#include "base/problem.h"
#include "record/record.h"

struct ledger {
	int fd; /* -1: kept in memory */
	int is_synced; /* fdatasync at each commit */
	struct buf memory;
	char path[4096]; /* for messages; "" in memory */
	/* committed */
	uint64_t lines, size; /* bytes */
	uint32_t crc; /* of the last line */
	/* being built */
	struct buf batch;
	uint64_t batch_lines;
	uint32_t batch_crc;
	/* whole lines found behind the last commit: the start of an instant that
	 * was cut off. The next batch must begin with them, or they are moved
	 * aside. */
	struct buf pending;
};

/* Called for each line of a verified ledger, in order; r is borrowed. */
typedef int ledger_visit(void *arg, struct record *r, struct problem *p);

void ledger_init_memory(struct ledger *l);
/* Takes the file over as its only writer: locks it (status 4 when another
 * has it), verifies every line (status 3 with the offset of the first bad
 * byte when the middle is corrupt), moves a torn tail to PATH.torn.N, and
 * shows every committed line to visit. */
int ledger_open(struct ledger *l, const char *path, int is_synced,
    ledger_visit *visit, void *arg, struct problem *p);
void ledger_close(struct ledger *l);

/* Adds a line to the batch; body's fields but `type` come after `line` and
 * `type`, in their order. */
int ledger_add(struct ledger *l, const struct record *body,
    struct problem *p);
/* Writes the batch; when it returns 0 and is_synced, it is on the disk. */
int ledger_commit(struct ledger *l, struct problem *p);

/* A reader's place in a ledger, behind complete batches only. */
struct ledger_reader {
	int fd; /* -1: memory of `source` */
	const struct ledger *source;
	uint64_t offset, lines;
	uint32_t crc;
	struct buf data;
	struct record record;
};
int ledger_reader_init(struct ledger_reader *r, int fd,
    const struct ledger *source);
void ledger_reader_release(struct ledger_reader *r);
/* Shows visit the lines up to number `lines`; status 1 when they are not
 * there. */
int ledger_read(struct ledger_reader *r, uint64_t lines, ledger_visit *visit,
    void *arg, struct problem *p);

/* Splits a line into its checked parts: -1 with a constant sentence. */
int ledger_check_line(const char *line, size_t n, uint64_t number,
    uint32_t prev, uint32_t *crc, const char **what);
/* Whether a line of this type ends a batch. */
int ledger_is_commit(const struct record *r);

#endif
