/* SPDX-License-Identifier: MIT */
/* Seals and hashes, by OpenSSL's libcrypto. */
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
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

/* A context keyed once: keying it again for each seal costs more than the
 * seal. */
static int
make_mac(struct account *a)
{
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	char digest[] = "SHA256";
	OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
	    OSSL_PARAM_construct_end()};

	a->mac = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
	EVP_MAC_free(mac);
	if (a->mac == NULL ||
	    EVP_MAC_init(a->mac, a->key, KEY_BYTES, params) != 1)
		return -1;
	return 0;
}

int
account_seal(struct account *a, const struct buf *text, char out[SEAL_TEXT])
{
	uint8_t mac[32];
	size_t n = 0;

	if (a->mac == NULL ? make_mac(a) != 0 :
	    EVP_MAC_init(a->mac, NULL, 0, NULL) != 1)
		return -1;
	if (EVP_MAC_update(a->mac, (const unsigned char *)text->data,
	    text->len) != 1 ||
	    EVP_MAC_final(a->mac, mac, &n, sizeof mac) != 1 || n != 32)
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
