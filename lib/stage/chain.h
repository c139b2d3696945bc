/* SPDX-License-Identifier: MIT */
/* One or more stages linked in one process, with the reader before the first
 * and the writer behind the last. A program of the pipe is a chain of one. */
#ifndef TAPE_CHAIN_H
#define TAPE_CHAIN_H

#include "base/buf.h"
#include "stage/stage.h"

struct reader {
	int fd;
	int64_t line; /* number of the line handed out last */
	char *data; /* owned */
	size_t start, end, cap; /* data[start..end) is unread */
	int at_eof;
	struct record record;
};

struct writer {
	int fd;
	struct buf out;
	int is_broken; /* EPIPE: nobody reads */
};

struct chain {
	struct stage *stages; /* owned, count of them */
	int count;
	struct reader in;
	struct writer out;
	int signals; /* signalfd, or -1 */
	int is_stopping;
	unsigned polls;
	struct account *account; /* shared by trisk, torder, tbroker when fused */
	int fused; /* count > 1 or run by trun */
};

/* A stage of the chain: its descriptor and argv ([0] the name). argv is
 * reordered by option parsing. */
struct chain_part {
	const struct stage_desc *desc;
	int argc;
	char **argv;
};

/* Parses options and opens every stage; -1: one or more failed, and said so.
 * *leave is set when an option printed something and all is done. */
int chain_open(struct chain *c, const struct chain_part *parts, int count,
    int *leave);
/* Moves everything through, to the end of input. */
void chain_run(struct chain *c);
/* Closes all stages and gives back the memory; returns the exit status: that
 * of the rightmost stage that failed, as a shell's pipefail has it. */
int chain_close(struct chain *c);
/* The end of input was asked for; a second signal ends the process at once. */
void chain_stop(struct chain *c);
/* Signals as tape wants them: SIGPIPE an error, INT TERM HUP by signalfd. */
int chain_signals(struct chain *c);

/* reader.c */
int reader_init(struct reader *r, int fd);
void reader_release(struct reader *r);
/* The next line without its newline (borrowed until the next call): 1; 0 at
 * the end of input; -1 after stage_fail. May wait; stages are told before. */
int reader_line(struct chain *c, const char **line, size_t *n);

/* writer.c */
int writer_flush(struct chain *c);
int writer_record(struct chain *c, const struct record *r);

/* help.c: what --help, -h, --version and --generate print. */
enum { HELP_LONG, HELP_SHORT, HELP_VERSION, HELP_GENERATE };
int help_long(const struct stage_desc *d, struct buf *b);
int help_short(const struct stage_desc *d, struct buf *b);
int help_version(const struct stage_desc *d, struct buf *b);
int help_man_options(const struct option_row *r, struct buf *b);
int help_generate(const struct stage_desc *d, const char *what, struct buf *b);
extern const struct option_row common_options[];

#endif
