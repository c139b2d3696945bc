/* SPDX-License-Identifier: MIT */
/* The account: a directory with the ledger, the gate, the key and, when a
 * person stopped trading, the file KILL. A private account lasts one run. */
#ifndef TAPE_ACCOUNT_H
#define TAPE_ACCOUNT_H

#include <stdint.h>

#include "account/gate.h"
#include "account/ledger.h"
#include "base/problem.h"
#include "record/record.h"

enum { KEY_BYTES = 32, SESSION_TEXT = 17, SEAL_TEXT = 65 };

struct account {
	char path[4096]; /* "" : none, everything in memory */
	char session[SESSION_TEXT]; /* 16 hex digits */
	uint8_t key[KEY_BYTES];
	struct evp_mac_ctx_st *mac; /* owned: libcrypto's, keyed; NULL: not yet */
	int is_private;
	struct gate gate; /* not open when in memory */
	struct ledger *shared; /* fused: tbroker's own ledger, once it is open */
};

/* trisk: opens the account `name` (a name under the state folder, or a path
 * with a slash), making it when it is not there. */
int account_open_named(struct account *a, const char *name,
    struct problem *p);
/* trisk: a new private account; in_memory when all stages share a process.
 * Its key is a hash of `secret` (meta line, options, limits). */
int account_make_private(struct account *a, const struct buf *secret,
    int in_memory, struct problem *p);
/* trisk: names the session: a hash of the key, of where the ledger stands and
 * of `secret`. */
int account_name_session(struct account *a, const struct buf *secret,
    struct problem *p);
/* The record that tells torder and tbroker; and its reading by them, which
 * opens the account, or a fresh private one when a recorded stream is replayed
 * and the old one is gone (in_memory: when all that need it share a process). */
int account_put_session(const struct account *a, struct record *r);
int account_read_session(struct account *a, struct record *r, int in_memory,
    struct problem *p);
void account_close(struct account *a);
/* tbroker and trisk: a private account leaves no file behind. */
void account_unlink(struct account *a);

/* Whether KILL is there, or cannot be told. Never for private accounts. */
int account_is_halted(const struct account *a);
/* PATH/name in buf; -1 when too long. */
int account_file(const struct account *a, const char *name, char *out,
    size_t n);

/* HMAC-SHA-256 by the account's key, as 64 hex digits. */
int account_seal(struct account *a, const struct buf *text,
    char out[SEAL_TEXT]);
/* SHA-256 as 64 hex digits. */
int account_hash(const void *data, size_t n, char out[SEAL_TEXT]);

#endif
