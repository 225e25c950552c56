/* map_optout.c: which columns a list of opt-outs has */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "domain/import/inspect.h"
#include "domain/import/map.h"
#include "domain/import/sniff.h"

bool map_takes(const struct import_format *f, const struct column_target *t)
{
	if (!f->optout)
		return t->kind != TARGET_REASON;
	switch (t->kind) {
	case TARGET_UNDECIDED:
	case TARGET_NONE:
	case TARGET_COUNTRY_CODE:
	case TARGET_REASON:
		return true;
	case TARGET_FIELD:
		return t->field == FIELD_PHONE || t->field == FIELD_EMAIL ||
		       t->field == FIELD_WHATSAPP_OPTED_AT;
	case TARGET_TAGS:
	case TARGET_ATTRIBUTE:
		break;
	}
	return false;
}

static bool looks_like_email(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at != text && strchr(at, '.');
}

static bool looks_like_phone(const char *text)
{
	return sniff_digits(text) >= LIST_DIGITS_MIN;
}

static bool looks_like_either(const char *text)
{
	return looks_like_email(text) || looks_like_phone(text);
}

/* All of its first values look so. */
static bool all_look(
    const struct import_column *c, bool (*looks)(const char *text))
{
	size_t n = 0;

	while (n < c->sample_count && looks(c->samples[n]))
		n++;
	return n && n == c->sample_count;
}

static void take(struct mapping *m, size_t i, enum contact_field f, bool *taken)
{
	m->columns[i] = (struct column_target){
	    .kind = TARGET_FIELD, .field = f, .guessed = true};
	*taken = true;
}

void map_guess_list(const struct import_format *f,
    const struct import_column *columns, struct mapping *m)
{
	bool phone = false, email = false;

	for (size_t i = 0; f->optout && i < m->count; i++) {
		m->columns[i] = (struct column_target){
		    .kind = TARGET_NONE, .guessed = true};
		if (!email && all_look(&columns[i], looks_like_email))
			take(m, i, FIELD_EMAIL, &email);
		else if (!phone && all_look(&columns[i], looks_like_phone))
			take(m, i, FIELD_PHONE, &phone);
	}
	/* Both in one column: each cell tells which it is. */
	for (size_t i = 0; f->optout && !phone && !email && i < m->count; i++)
		if (all_look(&columns[i], looks_like_either))
			take(m, i, FIELD_PHONE, &phone);
}
