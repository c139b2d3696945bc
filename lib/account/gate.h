/* SPDX-License-Identifier: MIT */
/* The gate: how far tbroker has come, in a page that all three share.
 *
 * tbroker publishes "everything up to seq is in the ledger, which has that
 * many lines"; trisk and torder wait for it when they must decide. Liveness is
 * an open-file lock that tbroker holds on the file: a waiter can ask who holds
 * it without taking it. Linux futexes wake the waiters. */
#ifndef TAPE_GATE_H
#define TAPE_GATE_H

#include <stdint.h>

#include "base/problem.h"

enum gate_state {
	GATE_STARTING,
	GATE_READING, /* tbroker waits for its input */
	GATE_WORKING,
	GATE_WRITING, /* tbroker may be held up by its reader */
	GATE_DONE,
};

struct gate_page;

struct gate {
	int fd; /* -1: not open */
	struct gate_page *page;
};

/* path is made when it is not there. */
int gate_open(struct gate *g, const char *path, struct problem *p);
void gate_close(struct gate *g);

/* ---- for tbroker ---- */

/* Takes the gate for a session and resets it; status 4 when another has it. */
int gate_attach(struct gate *g, const char *session, uint64_t lines,
    struct problem *p);
void gate_publish(struct gate *g, int64_t seq, uint64_t lines);
/* Wakes nobody: waiters look at it when they have waited for long. */
void gate_state(struct gate *g, enum gate_state state);

/* Whether a waiter of this session gave up: the stream broke off because it
 * ran out of patience, not because the input was bad. */
int gate_was_given_up(const struct gate *g);

/* ---- for waiters ---- */

void gate_give_up(struct gate *g);

/* trisk, before it names a session that nobody has attached to: one of the
 * same name may have ended here before. Nothing while a tbroker is there. */
void gate_forget(struct gate *g);

struct gate_view {
	uint32_t version; /* of the page */
	int64_t seq;
	uint64_t lines;
	enum gate_state state;
	int is_attached; /* to the session asked for */
};

void gate_look(const struct gate *g, const char *session,
    struct gate_view *out);
/* Whether a tbroker holds the gate (unknown counts as yes). */
int gate_is_alive(const struct gate *g);
/* Sleeps until something was published since *seen was looked at, or for the
 * time given in ms. */
void gate_sleep(const struct gate *g, const struct gate_view *seen,
    int timeout_ms);

#endif
