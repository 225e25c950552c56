/* signature.h: how a receiver knows that a delivery is from here */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_HOOK_SIGNATURE_H
#define DOMAIN_HOOK_SIGNATURE_H

#include <stdint.h>

#include "base/arena.h"
#include "model/hook.h"

/*
 * The values of the two headers, in the arena:
 *
 *	X-Rubrica-Signature-256: sha256=HMAC(secret, body)
 *	X-Rubrica-Signature: t=SECONDS,v1=HMAC(secret, "SECONDS.body")
 *
 * HMAC-SHA256 in hex; the key is the secret's text, the body its raw bytes. The
 * second one is for receivers who refuse what is old.
 */
const char *hook_signature_body(
    struct arena *a, const char *secret, const char *body);
const char *hook_signature_timed(
    struct arena *a, const char *secret, int64_t seconds, const char *body);

/*
 * All headers of a delivery that is sent at a moment (ms), with the timed
 * signature as given; NULL-ended, in the arena.
 */
const char *const *hook_request_headers(struct arena *a,
    const struct hook_delivery *d, const char *signature, const char *timed,
    int64_t at);

#endif
