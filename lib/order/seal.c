/* SPDX-License-Identifier: MIT */
/* The text under a seal: every value on a line of its own, named. */
#include "order/seal.h"

#include <openssl/crypto.h>
#include <string.h>

static int
line(struct buf *b, const char *name, const char *value)
{
	return buf_add_str(b, name) | buf_add_str(b, value) |
	    buf_add_char(b, '\n');
}

static int
add(struct buf *b, const struct account *a, const char *kind,
    const struct sealed *w)
{
	char seq[DEC_TEXT_MAX + 1], known[DEC_TEXT_MAX + 1];
	int rc = line(b, "tape ", kind);

	seq[dec_print(dec_int(w->seq), seq)] = '\0';
	known[dec_print(dec_int(w->known), known)] = '\0';
	rc |= line(b, "session=", a->session);
	rc |= line(b, "id=", w->id);
	rc |= line(b, "parent=", w->parent);
	rc |= line(b, "seq=", seq);
	rc |= line(b, "symbol=", w->symbol);
	rc |= line(b, "strategy=", w->strategy);
	rc |= line(b, "action=", w->action);
	rc |= line(b, "limits=", w->limits);
	rc |= line(b, "cancels=", w->cancels);
	rc |= line(b, "plan=", w->plan);
	rc |= line(b, "known=", known);
	return w->terms != NULL ? rc | terms_add_seal(w->terms, b) : rc;
}

int
seal_order(struct account *a, const struct sealed *what,
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
seal_request(struct account *a, const struct sealed *what,
    const char *parent_seal, char out[SEAL_TEXT])
{
	struct buf b = {0};
	int rc = add(&b, a, "request", what);

	rc |= line(&b, "seal=", parent_seal);
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
