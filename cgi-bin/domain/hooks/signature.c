/* signature.c: how a receiver knows that a delivery is from here */
/* SPDX-License-Identifier: MIT */
#include "domain/hooks/signature.h"

#include <string.h>

#include "base/crypto.h"

static const char *hmac_hex(
    struct arena *a, const char *secret, const char *text)
{
	unsigned char mac[CRYPTO_HASH_BYTES];
	char *hex = arena_raw(a, CRYPTO_HASH_HEX);

	crypto_hmac(secret, strlen(secret), text, strlen(text), mac);
	crypto_hex(mac, sizeof(mac), hex);
	return hex;
}

const char *hook_signature_body(
    struct arena *a, const char *secret, const char *body)
{
	return arena_printf(a, "sha256=%s", hmac_hex(a, secret, body));
}

const char *hook_signature_timed(
    struct arena *a, const char *secret, int64_t seconds, const char *body)
{
	long long t = seconds;
	const char *signed_text = arena_printf(a, "%lld.%s", t, body);

	return arena_printf(
	    a, "t=%lld,v1=%s", t, hmac_hex(a, secret, signed_text));
}

const char *const *hook_request_headers(struct arena *a,
    const struct hook_delivery *d, const char *signature, const char *timed,
    int64_t at)
{
	const char **lines = arena_alloc(a, 8 * sizeof(*lines));
	size_t n = 0;

	lines[n++] = "Content-Type: application/json";
	lines[n++] = arena_printf(a, "X-Rubrica-Event: %s", d->event);
	lines[n++] = arena_printf(a, "X-Rubrica-Delivery: %s", d->uid);
	lines[n++] = arena_printf(
	    a, "X-Rubrica-Timestamp: %lld", (long long)(at / 1000));
	lines[n++] = arena_printf(a, "X-Rubrica-Signature-256: %s", signature);
	lines[n] = arena_printf(a, "X-Rubrica-Signature: %s", timed);
	return lines;
}
