/* SPDX-License-Identifier: MIT */
/* The text under a seal: every value on a line of its own, named. */
#include "order/seal.h"

#include <openssl/crypto.h>
#include <string.h>

static int
add(struct buf *b, const struct account *a, const char *kind,
    const struct sealed *w)
{
	int rc = buf_addf(b, "tape %s\nsession=%s\nid=%s\nparent=%s\nseq=%lld\n"
	    "symbol=%s\nstrategy=%s\naction=%s\nlimits=%s\ncancels=%s\n", kind,
	    a->session, w->id, w->parent, (long long)w->seq, w->symbol,
	    w->strategy, w->action, w->limits, w->cancels);

	return w->terms != NULL ? rc | terms_add_seal(w->terms, b) : rc;
}

int
seal_order(const struct account *a, const struct sealed *what,
    char out[SEAL_TEXT])
{
	struct buf b = {0};
	int rc = add(&b, a, "order", what);

	if (rc == 0)
		rc = account_seal(a, &b, out);
	buf_release(&b);
	return rc;
}

int
seal_request(const struct account *a, const struct sealed *what,
    const char *parent_seal, char out[SEAL_TEXT])
{
	struct buf b = {0};
	int rc = add(&b, a, "request", what);

	rc |= buf_addf(&b, "seal=%s\n", parent_seal);
	if (rc == 0)
		rc = account_seal(a, &b, out);
	buf_release(&b);
	return rc;
}

int
seal_equal(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n == strlen(b) && CRYPTO_memcmp(a, b, n) == 0;
}
