/* row_key.c: what a row of a file is matched with the book by */
/* SPDX-License-Identifier: MIT */
#include "domain/import/row_key.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

bool row_takes_part(const struct checked_row *r)
{
	if (r->rejected)
		return false;
	for (size_t i = 0; i < r->problem_count; i++)
		if (r->problems[i].level == PROBLEM_SKIP)
			return false;
	return true;
}

enum contact_field row_key_field(
    const struct import_rules *rules, const struct checked_row *r)
{
	switch (rules->key) {
	case KEY_PHONE:
		return FIELD_PHONE;
	case KEY_EMAIL:
		return FIELD_EMAIL;
	case KEY_USER_ID:
		return FIELD_USER_ID;
	case KEY_PHONE_ELSE_EMAIL:
		break;
	}
	if (!str_empty(r->value[FIELD_PHONE]))
		return FIELD_PHONE;
	return str_empty(r->value[FIELD_EMAIL]) ? row_id_field(r) : FIELD_EMAIL;
}

enum contact_field row_id_field(const struct checked_row *r)
{
	return str_empty(r->value[FIELD_WA_USER_ID]) ? FIELD_USER_ID
						     : FIELD_WA_USER_ID;
}

char row_key_kind(enum contact_field f)
{
	if (f == FIELD_PHONE)
		return KEY_BY_PHONE;
	if (f == FIELD_WA_USER_ID)
		return KEY_BY_WA_USER_ID;
	return f == FIELD_EMAIL ? KEY_BY_EMAIL : KEY_BY_USER_ID;
}

static const enum contact_field key_fields[] = {
    FIELD_PHONE, FIELD_WA_USER_ID, FIELD_EMAIL, FIELD_USER_ID};

/* Phones and WhatsApp user ids are one contact's each; e-mails and user ids
 * count only where contacts are matched by them. */
static bool is_key(const struct import_rules *rules, enum contact_field f)
{
	if (f == FIELD_EMAIL)
		return rules->key == KEY_EMAIL ||
		       rules->key == KEY_PHONE_ELSE_EMAIL;
	return f != FIELD_USER_ID || rules->key == KEY_USER_ID ||
	       rules->key == KEY_PHONE_ELSE_EMAIL;
}

struct row_keys row_keys_of(
    struct arena *a, const struct import_rules *rules, const char *const *value)
{
	struct row_keys keys = {.count = 0};

	for (size_t i = 0; i < 4; i++) {
		enum contact_field f = key_fields[i];
		const char *text = value[f];

		if (str_empty(text) || !is_key(rules, f))
			continue;
		if (f == FIELD_EMAIL)
			text = fold_email(a, text);
		keys.items[keys.count].kind = row_key_kind(f);
		keys.items[keys.count++].text = text;
	}
	return keys;
}

bool row_keys_need_marks(const struct import_plan *plan, bool check_only)
{
	size_t kinds = 0;

	if (plan->rules.duplicates == DUPLICATES_REJECT_ALL)
		return true;
	if (!check_only)
		return false;
	for (size_t i = 0; i < plan->mapping.count; i++) {
		const struct column_target *c = &plan->mapping.columns[i];

		for (size_t k = 0; k < 4; k++)
			kinds += c->kind == TARGET_FIELD &&
				 c->field == key_fields[k] &&
				 is_key(&plan->rules, c->field);
	}
	return kinds > 1 || plan->rules.duplicates != DUPLICATES_FIRST_WINS;
}

uint64_t row_meeting_hash(char kind, const char *text)
{
	return key_hash((char)(kind - 'a' + 'A'), text);
}

static void mark(struct keys *twice, uint64_t hash)
{
	if (keys_find(twice, hash))
		keys_mark(twice, hash);
	else
		keys_add(twice, hash, 1);
}

void row_keys_mark(struct arena *a, const struct import_rules *rules,
    const struct checked_row *r, struct keys *twice, struct marks *marks)
{
	if (!row_takes_part(r))
		return;
	struct row_keys keys = row_keys_of(a, rules, r->value);
	const char *own = rules->duplicates == DUPLICATES_REJECT_ALL
			      ? row_key(a, r, rules->key)
			      : NULL;

	if (own)
		mark(twice,
		    key_hash(row_key_kind(row_key_field(rules, r)), own));
	for (size_t i = 0; marks->bits && i < keys.count; i++)
		marks_add(marks,
		    row_meeting_hash(keys.items[i].kind, keys.items[i].text));
}

const char *fold_email(struct arena *a, const char *email)
{
	size_t n = strlen(email);
	char *copy = arena_strndup(a, email, n);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)copy[i];

		if (c >= 0x80)
			return utf8_fold(a, email);
		if (c >= 'A' && c <= 'Z')
			copy[i] = (char)(c - 'A' + 'a');
	}
	return copy;
}

const char *row_key(
    struct arena *a, const struct checked_row *r, enum rule_key rule)
{
	const char *phone = str_or_empty(r->value[FIELD_PHONE]);
	const char *email = str_or_empty(r->value[FIELD_EMAIL]);
	const char *user_id = str_or_empty(r->value[FIELD_USER_ID]);

	switch (rule) {
	case KEY_PHONE:
		return *phone ? phone : NULL;
	case KEY_EMAIL:
		return *email ? fold_email(a, email) : NULL;
	case KEY_USER_ID:
		return *user_id ? user_id : NULL;
	case KEY_PHONE_ELSE_EMAIL:
		break;
	}
	if (*phone)
		return phone;
	if (*email)
		return fold_email(a, email);
	const char *id = r->value[row_id_field(r)];

	return str_empty(id) ? NULL : id;
}

/* FNV-1a, with a last mix so that low bits are as good as high ones. */
uint64_t key_hash(char kind, const char *text)
{
	uint64_t h = 14695981039346656037u ^ (unsigned char)kind;

	h *= 1099511628211u;
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 1099511628211u;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	h ^= h >> 32;
	return h ? h : 1;
}
