/* SPDX-License-Identifier: MIT */
/* Seals and hashes, by OpenSSL's libcrypto. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "account/account.h"
#include "account/hex.h"

void
hex_print(const uint8_t *bytes, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
}

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int
hex_parse(const char *s, size_t n, uint8_t *out)
{
	for (size_t i = 0; i < n; i++) {
		int high = nibble(s[2 * i]);
		int low = high < 0 ? -1 : nibble(s[2 * i + 1]);

		if (low < 0)
			return -1;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return 0;
}

int
account_seal(const struct account *a, const struct buf *text,
    char out[SEAL_TEXT])
{
	uint8_t mac[EVP_MAX_MD_SIZE];
	unsigned int n = 0;

	if (HMAC(EVP_sha256(), a->key, KEY_BYTES,
	    (const unsigned char *)text->data, text->len, mac, &n) == NULL ||
	    n != 32)
		return -1;
	hex_print(mac, 32, out);
	out[SEAL_TEXT - 1] = '\0';
	return 0;
}

int
account_hash(const void *data, size_t n, char out[SEAL_TEXT])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	if (SHA256(data, n, digest) == NULL)
		return -1;
	hex_print(digest, sizeof digest, out);
	out[SEAL_TEXT - 1] = '\0';
	return 0;
}
