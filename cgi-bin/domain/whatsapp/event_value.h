/* event_value.h: texts, numbers and moments as WhatsApp's events have them */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_EVENT_VALUE_H
#define WHATSAPP_EVENT_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/contact_field.h"

struct json_t;

/* A copy of a JSON text that a strict reader takes: what is not UTF-8 is
 * U+FFFD, and so is an escaped NUL, which no C string could hold, and an
 * escaped half of a surrogate pair, which names cut in two have. *len: its
 * bytes. */
const char *event_clean(struct arena *a, const char *p, size_t n, size_t *len);

/* At most `max` code points of a text. */
const char *event_cut(struct arena *a, const char *z, size_t max);

/* Trimmed, one line, as long as the field of a contact may be. */
const char *event_field(struct arena *a, const char *z, enum contact_field f);

/* The text of a key; "" for anything else. */
const char *event_text(const struct json_t *v, const char *key);

/* The same for an id or a number, which some programs send as a number of
 * JSON. */
const char *event_id(struct arena *a, const struct json_t *v, const char *key);

/* The "timestamp" of a value in ms: seconds or milliseconds since 1970, as text
 * or number. now for anything else: for a moment before there was WhatsApp, and
 * for one more than ten minutes ahead, which would outweigh whatever is said
 * until then. */
int64_t event_moment(const struct json_t *v, int64_t now);

/* A number as WhatsApp writes it: digits, the country code first, with or
 * without a "+". E.164; "" when it is none. One that no country's rules know is
 * kept as it is. */
const char *event_phone(struct arena *a, const char *digits);

/* Another way to write a mobile number, where WhatsApp's ids and what people
 * type differ: Brazil's ninth digit, Argentina's 9. E.164; "" for no other. */
const char *event_phone_alias(struct arena *a, const char *e164);

#endif
