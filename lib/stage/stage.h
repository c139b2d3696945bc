/* SPDX-License-Identifier: MIT */
/* A stage: one program of the pipe, or one link of a fused chain.
 *
 * lib describes stages and moves records through them; only the driver
 * (stage_main) prints messages and gives the exit status. A stage reads
 * records in record(), passes them on with stage_emit() and keeps everything
 * it knows in its private state. It never writes to a file descriptor of the
 * pipe, never exits, and has no global, so it can live twice in a process. */
#ifndef TAPE_STAGE_H
#define TAPE_STAGE_H

#include <stdint.h>
#include <stdio.h>

#include "base/zone.h"
#include "record/record.h"
#include "stage/option.h"

/* Exit statuses, tape(7). */
enum {
	EXIT_OK = 0,
	EXIT_SYSTEM = 1, /* system or internal error */
	EXIT_USAGE = 2, /* usage or configuration; nothing was done */
	EXIT_INPUT = 3, /* bad or truncated input */
	EXIT_BUSY = 4, /* a counterpart is unavailable, busy or too late: retry */
	EXIT_SAFETY = 5, /* stopped by a safety rule: do not retry */
};

struct stage;
struct chain;
struct account;

/* The descriptor of a program, const. Callbacks return 0, or -1 after
 * stage_fail(). Any may be NULL: record() then passes everything on. */
struct stage_desc {
	const char *name; /* tclean */
	const char *summary; /* one line, lower case, no full stop */
	const char *synopsis; /* operands and required options, after the name */
	const char *const *examples; /* at least 2 command lines, NULL at the end */
	const char *records; /* "reads X; writes Y", one sentence or two */
	const char *words; /* a command that lists words to complete, or NULL */
	const struct option_row *options; /* ends with a zeroed row */
	size_t state_size; /* zeroed private state; options are set in it */
	enum {
		STAGE_FILTER, /* reads records from the stage before or stdin */
		STAGE_SOURCE, /* makes them: run() instead of record() */
		STAGE_SINK, /* writes text with stage_write(), emits nothing */
		STAGE_RUNNER, /* run() does everything; returns the exit status */
	} kind;
	int (*open)(struct stage *s); /* options are parsed; s->argc operands */
	int (*run)(struct stage *s); /* sources: emit everything, then return */
	int (*record)(struct stage *s, struct record *r); /* r is borrowed */
	int (*ready)(struct stage *s); /* the input is about to wait */
	int (*writing)(struct stage *s, int begins); /* stdout is about to be, or
	                                                was, written to */
	int (*end)(struct stage *s); /* after the last record; s->truncated tells
	                                if it broke off */
	void (*close)(struct stage *s); /* always called, also after failures */
	int (*extra)(struct stage *s, int which); /* options that print and leave
	                                             (OPT_ACTION); writes text */
};

struct stage {
	const struct stage_desc *desc;
	struct chain *chain;
	struct stage *next; /* NULL: the writer */
	void *state; /* desc->state_size bytes */
	int argc; /* operands */
	char **argv;
	int full_argc; /* as given, [0] the stage's name */
	char **full_argv;
	/* what the driver keeps for a stage */
	int status; /* exit status so far */
	int has_meta, has_end; /* seen so far */
	int truncated; /* at end(): the stream began with meta and has no end */
	int64_t line; /* of the input being handled, from 1; 0: none */
	uint64_t rejects; /* refused with stage_reject */
	FILE *errors; /* --errors FILE, or NULL */
	struct stage_common {
		const char *errors; /* --errors FILE */
		const char *generate; /* --generate WHAT */
		int quiet, verbose;
	} common;
};

/* ---- for stages ---- */

/* Passes a record on to the next stage or the writer. -1: stop at once and
 * return -1 (the next one failed, or nobody reads any more). */
int stage_emit(struct stage *s, struct record *r);
/* The way of meta and end: adds this stage's argv to meta's `pipeline`, then
 * passes it on. A stage that adds its own counts to `end` puts them before. */
int stage_pass_meta(struct stage *s, struct record *r);
/* Appends this stage's argv as a JSON array, without what never changes a
 * result (-q -v --errors --account --color --wait). */
int stage_add_argv(struct stage *s, struct buf *b);
/* The zone of meta's `time_zone`, in place of *zone (NULL: UTC); it stays when
 * meta names none. -1 after stage_fail. Released by zone_free. */
int stage_read_zone(struct stage *s, const struct record *meta,
    struct zone **zone);
/* Text output of a sink, or of any stage in extra(). */
int stage_write(struct stage *s, const void *data, size_t n);
int stage_printf(struct stage *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Says why this stage stops: the message is printed as "name: message" and
 * the program ends with the status. Always returns -1. */
int stage_fail(struct stage *s, int status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with the position in the input before it:
 * "name: <stdin>:12:7: message". column 0: left out. */
int stage_fail_at(struct stage *s, int status, size_t column, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
/* stage_fail_at for a line that record_parse refused. */
int stage_fail_record(struct stage *s, const struct record_error *e);
/* Refuses a piece of input: with --errors FILE it becomes a `reject` record
 * there (tool file line reason raw) and 0 is returned; without it the stage
 * fails with status 3. file NULL: <stdin>. */
int stage_reject(struct stage *s, const char *file, int64_t line,
    size_t column, const char *reason, const char *raw, size_t raw_len);
/* A message on stderr that does not stop anything; not with -q. */
void stage_note(struct stage *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Only with -v. */
void stage_info(struct stage *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* stage_fail(EXIT_SYSTEM) for a failed system call: "what 'name': reason". */
int stage_fail_errno(struct stage *s, const char *what, const char *name);
int stage_fail_memory(struct stage *s);

/* Pushes everything emitted so far out of this process (a stage that is about
 * to wait for another process calls it). -1: stop. */
int stage_flush(struct stage *s);
/* Waits until fd can be read, everything flushed before: 1 it can; 0 the end
 * of input was asked for; -1 stop. */
int stage_wait(struct stage *s, int fd);
/* Whether a stage of that name comes later in the same process. */
int stage_leads_to(const struct stage *s, const char *name);
/* The end of input was asked for (SIGTERM, SIGINT, SIGHUP): a source stops. */
int stage_is_stopping(struct stage *s);
/* Whether somebody still reads our output; a waiter asks now and then. */
int stage_has_reader(struct stage *s);

/* ---- for programs ---- */

/* main() of a program with one stage. */
int stage_main(const struct stage_desc *d, int argc, char **argv);

#endif
