/* person.c: whom a number, an address or an id belongs to */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/person.h"

#include <string.h>

#include "base/json.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/contact/phone_search.h"
#include "domain/import/check.h"
#include "domain/import/row_key.h"
#include "domain/privacy/suppression.h"
#include "storage/contact_store.h"
#include "storage/setting_store.h"

#define CHAIN_MAX 1000
#define REVISION_PAGE 100u

const char *const person_bys[PERSON_BYS] = {
    [PERSON_BY_PHONE] = "phone",
    [PERSON_BY_EMAIL] = "email",
    [PERSON_BY_USER_ID] = "user_id",
    [PERSON_BY_WA_USER_ID] = "wa_user_id",
    [PERSON_BY_USERNAME] = "username",
    [PERSON_BY_ID] = "id",
};

/* --- contacts that are one person --- */

/* The contact that stands for one that was merged away. */
static enum status stand_in(struct db *db, struct arena *a,
    struct contact_id id, struct contact *out, struct err *e)
{
	enum status st = contact_store_get(db, a, id, false, out, e);

	for (int i = 0; i < CHAIN_MAX && st == STATUS_OK && out->merged_into;
	     i++) {
		struct contact next;

		st = contact_store_get(db, a,
		    (struct contact_id){out->merged_into}, false, &next, e);
		if (st == STATUS_NOT_FOUND)
			return STATUS_OK;
		if (st == STATUS_OK)
			*out = next;
	}
	return st;
}

static enum status add_merged(
    struct db *db, struct arena *a, struct person *p, struct err *e)
{
	enum status st = STATUS_OK;

	id_list_add(a, &p->ids, p->contact.id.n);
	for (size_t i = 0; st == STATUS_OK && i < p->ids.count; i++) {
		struct id_list more = {0};

		st = person_store_merged(db, a, p->ids.ids[i], &more, e);
		for (size_t k = 0; k < more.count; k++)
			if (!id_list_has(&p->ids, more.ids[k]))
				id_list_add(a, &p->ids, more.ids[k]);
	}
	return st;
}

/* Contacts as people, each once. */
static enum status take_people(struct db *db, struct arena *a,
    const struct id_list *found, struct person_found *out, struct err *e)
{
	out->people = arena_alloc(a, (found->count + 1) * sizeof(*out->people));
	for (size_t i = 0; i < found->count; i++) {
		struct person *p = &out->people[out->count];
		bool known = false;
		enum status st = stand_in(
		    db, a, (struct contact_id){found->ids[i]}, &p->contact, e);

		if (st == STATUS_NOT_FOUND)
			continue;
		for (size_t k = 0; k < out->count; k++)
			known |= out->people[k].contact.id.n == p->contact.id.n;
		if (st == STATUS_OK && !known)
			st = add_merged(db, a, p, e);
		if (st != STATUS_OK)
			return st;
		out->count += !known;
	}
	return STATUS_OK;
}

/* --- what was asked for --- */

static enum status invalid(
    struct person_found *out, const char *message, struct err *e)
{
	out->message = message;
	return ERR(e, STATUS_INVALID, "%s", message);
}

/* As it would be kept; else as somebody of the book has it. */
static enum status find_phone(struct db *db, struct arena *a, const char *value,
    struct person_found *out, struct id_list *found, struct err *e)
{
	struct phone_search search;
	const char *country = "";
	char e164[PHONE_SIZE];
	enum status st = setting_get(db, a, "book.country", &country, e);

	if (st != STATUS_OK)
		return st;
	if (phone_parse(value, country, e164) != PHONE_NOT_POSSIBLE) {
		out->value = arena_strdup(a, e164);
		st =
		    person_store_find(db, a, FIELD_PHONE, out->value, found, e);
	}
	if (st != STATUS_OK || found->count)
		return st;
	if (!phone_search_read(a, value, country, false, &search))
		return *out->value
			   ? STATUS_OK
			   : invalid(out,
				 "This is not a telephone number: write it "
				 "with + and the country code in front.",
				 e);
	for (size_t i = 0; st == STATUS_OK && i < search.number_count; i++)
		st = person_store_find(
		    db, a, FIELD_PHONE, search.numbers[i], found, e);
	if (st == STATUS_OK && !found->count && !*out->value)
		return invalid(out,
		    "This is not a telephone number: write it with + and the "
		    "country code in front.",
		    e);
	return st;
}

static enum status find_id(struct db *db, struct arena *a, const char *value,
    struct person_found *out, struct id_list *found, struct err *e)
{
	unsigned long long id;
	struct contact c;

	if (!str_to_u64(value, &id) || !id)
		return invalid(out,
		    "The number of a contact is a whole number, from 1.", e);
	enum status st =
	    contact_store_get(db, a, (struct contact_id){id}, false, &c, e);

	if (st == STATUS_OK)
		id_list_add(a, found, id);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status find_text(struct db *db, struct arena *a, enum person_by by,
    const char *value, struct person_found *out, struct id_list *found,
    struct err *e)
{
	enum contact_field f = by == PERSON_BY_EMAIL	  ? FIELD_EMAIL
			       : by == PERSON_BY_USER_ID  ? FIELD_USER_ID
			       : by == PERSON_BY_USERNAME ? FIELD_USERNAME
							  : FIELD_WA_USER_ID;

	value += by == PERSON_BY_USERNAME && *value == '@';

	if (f == FIELD_EMAIL && !email_is_valid(value))
		return invalid(out,
		    "This is not an e-mail address, like name@example.org.", e);
	if (utf8_length(value) > contact_fields[f].max_length)
		return invalid(out, "This is longer than any is.", e);
	out->value = value;
	return person_store_find(db, a, f, value, found, e);
}

enum status person_find(struct db *db, struct arena *a, enum person_by by,
    const char *value, struct person_found *out, struct err *e)
{
	struct id_list found = {0};
	size_t n = strlen(value);
	enum status st = STATUS_OK;

	*out = (struct person_found){.value = "", .message = ""};
	utf8_trim(&value, &n);
	value = arena_strndup(a, value, n);
	if (!n)
		return invalid(out, "Write what to look for.", e);
	if (by == PERSON_BY_PHONE)
		st = find_phone(db, a, value, out, &found, e);
	else if (by == PERSON_BY_ID)
		st = find_id(db, a, value, out, &found, e);
	else
		st = find_text(db, a, by, value, out, &found, e);
	return st == STATUS_OK ? take_people(db, a, &found, out, e) : st;
}

enum status person_find_former(struct db *db, struct arena *a,
    enum person_by by, const char *value, struct person_found *out,
    struct err *e)
{
	struct id_list found = {0};
	struct json_writer w;
	struct str needle;
	enum suppression_kind kind;

	*out = (struct person_found){.value = value, .message = ""};
	if (!person_by_kind(by, &kind) || !*value)
		return STATUS_OK;
	str_init(&needle, 4096);
	json_writer_init(&w, &needle);
	json_open(&w, '{');
	json_pair_text(&w, person_bys[by], value);
	json_close(&w, '}');
	/* Without the braces it stands so in a version. */
	const char *text =
	    arena_strndup(a, str_text(&needle) + 1, needle.len - 2);
	enum status st = person_store_former(db, a, text, &found, e);

	str_release(&needle);
	return st == STATUS_OK ? take_people(db, a, &found, out, e) : st;
}

/* --- what a person is known by --- */

static const char *key_of(enum contact_field f)
{
	return contact_fields[f].key;
}

/* Fields that say nothing of who it is. */
static bool is_telling(const char *key)
{
	return !str_equal(key, key_of(FIELD_WHATSAPP_OPTED)) &&
	       !str_equal(key, key_of(FIELD_WHATSAPP_OPTED_AT)) &&
	       !str_equal(key, key_of(FIELD_SOURCE)) &&
	       !str_equal(key, key_of(FIELD_STATE)) && *key != '_';
}

static void add_text(
    struct arena *a, struct person_keys *k, const char *key, const char *text)
{
	for (int i = 0; i < SUPPRESSION_KINDS; i++)
		if (str_equal(key, suppression_kinds[i]))
			person_keys_add(a, k, (enum suppression_kind)i, text);
	if (is_telling(key))
		text_set_add(a, &k->values, text);
}

static void add_contact(
    struct arena *a, struct person_keys *k, const struct contact *c)
{
	struct attribute_member *members = NULL;
	size_t n = 0;

	for (int i = 0; i < FIELD_COUNT; i++)
		add_text(a, k, key_of((enum contact_field)i), c->value[i]);
	attributes_parse(a, c->attributes, &members, &n);
	for (size_t i = 0; i < n; i++)
		add_text(
		    a, k, "attributes", attributes_plain(a, members[i].json));
}

static enum status add_revisions(struct db *db, struct arena *a,
    struct contact_id id, struct person_keys *k, struct err *e)
{
	uint64_t below = 0;
	size_t count = REVISION_PAGE;
	enum status st = STATUS_OK;

	while (st == STATUS_OK && count == REVISION_PAGE) {
		struct contact_revision *rows;

		st = contact_revision_list(
		    db, a, id, below, REVISION_PAGE, &rows, &count, e);
		for (size_t i = 0; st == STATUS_OK && i < count; i++) {
			struct attribute_member *members = NULL;
			size_t n = 0;

			attributes_scan(a, rows[i].before, &members, &n);
			for (size_t m = 0; m < n; m++)
				if (!str_equal(members[m].json, "null"))
					add_text(a, k, members[m].name,
					    attributes_plain(
						a, members[m].json));
			below = rows[i].id;
		}
	}
	return st;
}

static enum status add_rows(struct db *db, struct arena *a, uint64_t id,
    struct person_keys *k, struct err *e)
{
	struct id_list pairs = {0};
	enum status st = person_store_rows(db, a, id, &pairs, e);

	if (st == STATUS_OK)
		person_rows_add(a, k, pairs.ids, pairs.count / 2);
	return st;
}

enum status person_collect(struct db *db, struct arena *a,
    const struct person *p, struct person_keys *out, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < p->ids.count; i++) {
		struct contact_id id = {p->ids.ids[i]};
		struct contact c;

		st = contact_store_get(db, a, id, false, &c, e);
		if (st == STATUS_NOT_FOUND) {
			st = STATUS_OK;
			continue;
		}
		if (st == STATUS_OK) {
			add_contact(a, out, &c);
			st = add_revisions(db, a, id, out, e);
		}
		if (st == STATUS_OK)
			st = add_rows(db, a, id.n, out, e);
	}
	person_rows_sort(out);
	return st;
}

static enum status is_of_others(struct db *db, struct arena *a,
    const struct person *p, enum contact_field f, const char *value, bool *out,
    struct err *e)
{
	struct id_list found = {0};
	enum status st = person_store_find(db, a, f, value, &found, e);

	*out = false;
	for (size_t i = 0; i < found.count; i++)
		*out = *out || !id_list_has(&p->ids, found.ids[i]);
	return st;
}

enum status person_keys_own(struct db *db, struct arena *a,
    const struct person *p, struct person_keys *k, struct err *e)
{
	enum status st = STATUS_OK;

	for (int i = 0; i < SUPPRESSION_KINDS; i++) {
		struct text_set *set = &k->keys[i];
		enum contact_field f =
		    suppression_field((enum suppression_kind)i);
		size_t kept = 0;

		for (size_t n = 0; st == STATUS_OK && n < set->count; n++) {
			bool others = false;

			st = is_of_others(
			    db, a, p, f, set->items[n], &others, e);
			/* Several people can have one e-mail address. */
			if (!others ||
			    (f == FIELD_EMAIL && p->ids.count &&
				str_equal(set->items[n],
				    fold_email(a, p->contact.value[f]))))
				set->items[kept++] = set->items[n];
		}
		set->count = kept;
	}
	return st;
}

bool person_by_kind(enum person_by by, enum suppression_kind *out)
{
	for (int i = 0; i < SUPPRESSION_KINDS; i++) {
		*out = (enum suppression_kind)i;
		if (by < PERSON_BYS &&
		    str_equal(suppression_kinds[i], person_bys[by]))
			return true;
	}
	return false;
}
