/* crypto.h: passwords, tokens, digests */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* The one file that includes sodium.h is crypto.c. A library that cannot
 * start, or memory for a password hash that is not to be had, ends the
 * process with a log line, so nothing here fails. All calls are safe in
 * several threads. */

#define CRYPTO_PASSWORD_SIZE 128 /* a password's hash as text, with its NUL */
#define CRYPTO_TOKEN_SIZE 44	 /* 32 random bytes as text, with its NUL */
#define CRYPTO_HASH_BYTES 32	 /* SHA-256 and HMAC-SHA256 */
#define CRYPTO_HASH_HEX 65	 /* the same in hex, with its NUL */

/* The argon2id hash of a password, salted, with its parameters, as text:
 * 64 MiB and some 50 ms. Parameters are libsodium's interactive ones. */
void crypto_password_hash(const char *password, char out[CRYPTO_PASSWORD_SIZE]);
/* True when hash is of this password. A text that is no hash is false, at
 * once. */
bool crypto_password_verify(const char *hash, const char *password);
/* Takes as long as a verification and comes to nothing: for an account that
 * does not exist, so that the time of the answer does not tell. */
void crypto_password_dummy(const char *password);

/* n bytes that nobody can guess. */
void crypto_random(void *out, size_t n);
/* 32 of them as 43 characters of A-Z a-z 0-9 - _ . */
void crypto_token(char out[CRYPTO_TOKEN_SIZE]);

/* A digest in pieces: init, add as often as needed, end once. The struct may
 * be copied, to know the digest of a beginning. */
struct crypto_sha256 {
	alignas(8) unsigned char state[104];
};
void crypto_sha256_init(struct crypto_sha256 *s);
void crypto_sha256_add(struct crypto_sha256 *s, const void *p, size_t n);
void crypto_sha256_end(
    struct crypto_sha256 *s, unsigned char out[CRYPTO_HASH_BYTES]);

/* The same in one call, raw and as 64 lower-case hex digits. */
void crypto_sha256(
    const void *p, size_t n, unsigned char out[CRYPTO_HASH_BYTES]);
void crypto_sha256_hex(const void *p, size_t n, char out[CRYPTO_HASH_HEX]);

/* HMAC-SHA256 with a key of any length. */
void crypto_hmac(const void *key, size_t key_n, const void *p, size_t n,
    unsigned char out[CRYPTO_HASH_BYTES]);

/* A random UUID (version 4), in the arena. */
const char *crypto_uuid(struct arena *a);

/* n bytes as 2n lower-case hex digits and a NUL. */
void crypto_hex(const void *p, size_t n, char *out);

/* Comparisons whose time tells nothing of the content; that of texts tells
 * their lengths. */
bool crypto_equal(const void *a, const void *b, size_t n);
bool crypto_equal_text(const char *a, const char *b);

#endif
