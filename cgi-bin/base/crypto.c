/* crypto.c: passwords, tokens, digests */
/* SPDX-License-Identifier: MIT */
#include "base/crypto.h"

#include <assert.h>
#include <string.h>

#include <sodium.h>

#include "base/log.h"

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct crypto_sha256),
    "struct crypto_sha256 has no room for libsodium's state");
static_assert(crypto_pwhash_STRBYTES <= CRYPTO_PASSWORD_SIZE,
    "CRYPTO_PASSWORD_SIZE is too small");

static void start(void)
{
	if (sodium_init() < 0)
		log_fatal("libsodium cannot start");
}

void crypto_password_hash(const char *password, char out[CRYPTO_PASSWORD_SIZE])
{
	start();
	if (crypto_pwhash_str(out, password, strlen(password),
		crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		log_fatal("no memory for a password's hash");
}

bool crypto_password_verify(const char *hash, const char *password)
{
	start();
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

void crypto_password_dummy(const char *password)
{
	char unused[CRYPTO_PASSWORD_SIZE];

	crypto_password_hash(password, unused);
	sodium_memzero(unused, sizeof(unused));
}

void crypto_random(void *out, size_t n)
{
	start();
	randombytes_buf(out, n);
}

void crypto_token(char out[CRYPTO_TOKEN_SIZE])
{
	unsigned char bytes[32];

	crypto_random(bytes, sizeof(bytes));
	sodium_bin2base64(out, CRYPTO_TOKEN_SIZE, bytes, sizeof(bytes),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
}

/* libsodium's state in the bytes of ours. */
static crypto_hash_sha256_state *state_of(struct crypto_sha256 *s)
{
	return (void *)s->state;
}

void crypto_sha256_init(struct crypto_sha256 *s)
{
	crypto_hash_sha256_init(state_of(s));
}

void crypto_sha256_add(struct crypto_sha256 *s, const void *p, size_t n)
{
	if (n)
		crypto_hash_sha256_update(state_of(s), p, n);
}

void crypto_sha256_end(
    struct crypto_sha256 *s, unsigned char out[CRYPTO_HASH_BYTES])
{
	crypto_hash_sha256_final(state_of(s), out);
}

void crypto_sha256(
    const void *p, size_t n, unsigned char out[CRYPTO_HASH_BYTES])
{
	struct crypto_sha256 s;

	crypto_sha256_init(&s);
	crypto_sha256_add(&s, p, n);
	crypto_sha256_end(&s, out);
}

void crypto_sha256_hex(const void *p, size_t n, char out[CRYPTO_HASH_HEX])
{
	unsigned char hash[CRYPTO_HASH_BYTES];

	crypto_sha256(p, n, hash);
	crypto_hex(hash, sizeof(hash), out);
}

void crypto_hmac(const void *key, size_t key_n, const void *p, size_t n,
    unsigned char out[CRYPTO_HASH_BYTES])
{
	crypto_auth_hmacsha256_state s;

	crypto_auth_hmacsha256_init(&s, key, key_n);
	if (n)
		crypto_auth_hmacsha256_update(&s, p, n);
	crypto_auth_hmacsha256_final(&s, out);
	sodium_memzero(&s, sizeof(s));
}

void crypto_hex(const void *p, size_t n, char *out)
{
	sodium_bin2hex(out, 2 * n + 1, p, n);
}

bool crypto_equal(const void *a, const void *b, size_t n)
{
	return n == 0 || sodium_memcmp(a, b, n) == 0;
}

bool crypto_equal_text(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n == strlen(b) && crypto_equal(a, b, n);
}

const char *crypto_uuid(struct arena *a)
{
	unsigned char r[16];
	char hex[33];

	crypto_random(r, sizeof(r));
	r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
	r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
	crypto_hex(r, sizeof(r), hex);
	return arena_printf(a, "%.8s-%.4s-%.4s-%.4s-%s", hex, hex + 8, hex + 12,
	    hex + 16, hex + 20);
}
