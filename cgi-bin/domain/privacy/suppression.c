/* suppression.c: people who are not to come back by a file */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/suppression.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "domain/import/row_key.h"
#include "domain/privacy/suppression_filter.h"
#include "storage/audit_store.h"
#include "storage/suppression_source_store.h"
#include "storage/suppression_store.h"

#define CHECKED_TEXT "rubrica: list of suppressions"

static const enum contact_field fields[SUPPRESSION_KINDS] = {
    [SUPPRESSION_PHONE] = FIELD_PHONE,
    [SUPPRESSION_EMAIL] = FIELD_EMAIL,
    [SUPPRESSION_USER_ID] = FIELD_USER_ID,
    [SUPPRESSION_WA_USER_ID] = FIELD_WA_USER_ID,
};

enum contact_field suppression_field(enum suppression_kind kind)
{
	return fields[kind];
}

size_t suppression_values(const char *const value[FIELD_COUNT], size_t person,
    struct suppression_value out[SUPPRESSION_VALUES])
{
	size_t n = 0;

	for (int k = 0; k < SUPPRESSION_KINDS; k++)
		if (!str_empty(value[fields[k]]))
			out[n++] = (struct suppression_value){
			    (enum suppression_kind)k, value[fields[k]], person};
	return n;
}

/* --- hashes --- */

static void hash_text(
    struct db *db, const char *text, unsigned char out[CRYPTO_HASH_BYTES])
{
	const char *key = db_privacy_key(db);

	crypto_hmac(key, strlen(key), text, strlen(text), out);
}

/* The kind stands in front, so that an id that looks like a number is not that
 * number. */
static void hash_value(struct db *db, struct arena *a,
    const struct suppression_value *v, unsigned char out[CRYPTO_HASH_BYTES])
{
	const char *value =
	    v->kind == SUPPRESSION_EMAIL ? fold_email(a, v->value) : v->value;

	hash_text(db,
	    arena_printf(a, "%s:%s", suppression_kinds[v->kind], value), out);
}

/* --- the secret --- */

static enum status check_key(
    struct db *db, const struct suppression_state *state, struct err *e)
{
	unsigned char check[CRYPTO_HASH_BYTES];

	if (!state->entries || !state->has_check)
		return STATUS_OK;
	hash_text(db, CHECKED_TEXT, check);
	if (crypto_equal(check, state->check, sizeof(check)))
		return STATUS_OK;
	return ERR(e, STATUS_DENIED,
	    "the list of suppressions was made with another privacy key");
}

enum status suppression_usable(struct db *db, struct err *e)
{
	struct suppression_state state;
	enum status st = suppression_state_get(db, SUPPRESSION_LOOK, &state, e);

	return st == STATUS_OK ? check_key(db, &state, e) : st;
}

/* For who writes: the first key of the list decides which secret it is. */
static enum status lock_to_change(
    struct db *db, struct suppression_state *state, struct err *e)
{
	enum status st =
	    suppression_state_get(db, SUPPRESSION_CHANGE, state, e);

	if (st == STATUS_OK && !*db_privacy_key(db))
		return ERR(e, STATUS_DENIED, "there is no privacy key");
	if (st == STATUS_OK)
		st = check_key(db, state, e);
	if (st == STATUS_OK && !state->entries) {
		hash_text(db, CHECKED_TEXT, state->check);
		state->has_check = true;
	}
	return st;
}

enum status suppression_lock(struct db *db, struct err *e)
{
	struct suppression_state state;

	return lock_to_change(db, &state, e);
}

const char *suppression_short_hash(struct db *db, struct arena *a,
    enum suppression_kind kind, const char *value)
{
	const struct suppression_value v = {kind, value, 0};
	unsigned char hash[CRYPTO_HASH_BYTES];
	char *hex = arena_raw(a, CRYPTO_HASH_HEX);

	hash_value(db, a, &v, hash);
	crypto_hex(hash, 8, hex);
	return hex;
}

/* --- looking up --- */

static int compare_entries(const void *x, const void *y)
{
	return memcmp(((const struct suppression *)x)->hash,
	    ((const struct suppression *)y)->hash, CRYPTO_HASH_BYTES);
}

/* The hashes of the values that are any; which[i] is the value of hash i. */
static size_t hash_all(struct db *db, struct arena *a,
    const struct suppression_value *values, size_t n,
    struct suppression_hash *hashes, size_t *which)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		if (str_empty(values[i].value))
			continue;
		hash_value(db, a, &values[i], hashes[count].bytes);
		which[count++] = i;
	}
	return count;
}

/* Those of the hashes that may be on the list. */
static enum status ask(struct db *db, struct arena *a, bool filtered,
    const struct suppression_hash *hashes, size_t count,
    struct suppression **rows, size_t *row_count, struct err *e)
{
	struct suppression_hash *some;
	size_t n = 0;

	if (!filtered)
		return suppression_store_find(
		    db, a, hashes, count, rows, row_count, e);
	some = arena_raw(a, (count + 1) * sizeof(*some));
	for (size_t i = 0; i < count; i++)
		if (suppression_filter_has(hashes[i].bytes))
			some[n++] = hashes[i];
	return suppression_store_find(db, a, some, n, rows, row_count, e);
}

/* With the hashes, whether listed or not. */
static enum status find_all(struct db *db, struct arena *a, bool filtered,
    const struct suppression_value *values, size_t n,
    struct suppression **found, bool *any, struct err *e)
{
	struct suppression_hash *hashes =
	    arena_raw(a, (n + 1) * sizeof(*hashes));
	size_t *which = arena_raw(a, (n + 1) * sizeof(*which));
	size_t count = hash_all(db, a, values, n, hashes, which);
	struct suppression *rows;
	size_t row_count;
	enum status st =
	    ask(db, a, filtered, hashes, count, &rows, &row_count, e);

	if (st != STATUS_OK)
		return st;
	*any = row_count > 0;
	if (filtered && !*any)
		return STATUS_OK;
	qsort(rows, row_count, sizeof(*rows), compare_entries);
	*found = arena_alloc(a, (n + 1) * sizeof(**found));
	for (size_t i = 0; i < count; i++) {
		struct suppression *out = &(*found)[which[i]];

		memcpy(out->hash, hashes[i].bytes, sizeof(out->hash));
		out->kind = values[which[i]].kind;
		const struct suppression *row =
		    row_count ? bsearch(out, rows, row_count, sizeof(*rows),
				    compare_entries)
			      : NULL;

		if (row)
			*out = *row;
	}
	return STATUS_OK;
}

enum status suppression_look(struct db *db, struct arena *a,
    const struct suppression_value *values, size_t n, bool lock,
    struct suppression **found, struct err *e)
{
	struct suppression_state state;
	bool any = false, filtered = false;

	*found = NULL;
	enum status st = suppression_state_get(
	    db, lock ? SUPPRESSION_SHARE : SUPPRESSION_LOOK, &state, e);

	if (st == STATUS_OK)
		st = check_key(db, &state, e);
	if (st != STATUS_OK || !state.entries || !n)
		return st;
	st = suppression_filter_use(db, &state, n, &filtered, e);
	if (st == STATUS_OK)
		st = find_all(db, a, filtered, values, n, found, &any, e);
	if (!any)
		*found = NULL;
	return st;
}

/* --- changing --- */

/* What is written for a key that may be on the list already. */
static void write_over(struct suppression *x, enum suppression_reason reason,
    int64_t at, uint64_t person)
{
	bool stays_erased = x->listed && x->reason == SUPPRESSION_ERASED;

	if (!x->listed || x->at < at)
		x->at = at;
	x->reason = stays_erased ? SUPPRESSION_ERASED : reason;
	x->person = person;
}

/* The keys to write, each once: the last of equal ones. */
static size_t to_write(const struct suppression_value *values,
    struct suppression *found, size_t n, enum suppression_reason reason,
    const int64_t *moments, uint64_t *fresh)
{
	uint64_t base;
	size_t count = 0;

	crypto_random(&base, sizeof(base));
	base >>= 1;
	for (size_t i = 0; i < n; i++) {
		if (str_empty(values[i].value))
			continue;
		struct suppression x = found[i];

		write_over(&x, reason, moments[i], base + values[i].person + 1);
		found[count++] = x;
	}
	qsort(found, count, sizeof(*found), compare_entries);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept && !compare_entries(&found[kept - 1], &found[i]))
			continue;
		*fresh += !found[i].listed;
		found[kept++] = found[i];
	}
	return kept;
}

enum status suppression_add_at(struct db *db, struct arena *a,
    const struct suppression_value *values, const int64_t *moments, size_t n,
    enum suppression_reason reason, const char *origin, struct err *e)
{
	struct suppression_state state;
	struct suppression *found;
	bool any;
	enum status st = lock_to_change(db, &state, e);

	if (st == STATUS_OK)
		st = find_all(db, a, false, values, n, &found, &any, e);
	if (st != STATUS_OK)
		return st;
	size_t count =
	    to_write(values, found, n, reason, moments, &state.entries);

	if (!count)
		return STATUS_OK;
	st = suppression_store_put(db, a, found, count, origin, e);
	return st == STATUS_OK ? suppression_state_put(db, &state, e) : st;
}

enum status suppression_add(struct db *db, struct arena *a,
    const struct suppression_value *values, size_t n,
    enum suppression_reason reason, int64_t at, const char *origin,
    struct err *e)
{
	int64_t *moments = arena_raw(a, (n + 1) * sizeof(*moments));

	for (size_t i = 0; i < n; i++)
		moments[i] = at ? at : clock_now();
	return suppression_add_at(db, a, values, moments, n, reason, origin, e);
}

struct suppression suppression_unlisted(struct db *db, struct arena *a,
    const struct suppression_value *v, int64_t at)
{
	struct suppression x = {.kind = v->kind, .at = at};

	hash_value(db, a, v, x.hash);
	return x;
}

enum status suppression_hold(struct db *db, struct err *e)
{
	struct suppression_state state;

	return lock_to_change(db, &state, e);
}

enum status suppression_turn(struct db *db, struct arena *a,
    struct import_id import, bool back, size_t limit, uint64_t *seen,
    uint64_t *changed, struct err *e)
{
	struct suppression_state state;
	enum status st = lock_to_change(db, &state, e);

	if (st == STATUS_OK)
		st = suppression_source_turn(
		    db, a, import, back, limit, seen, changed, e);
	if (st != STATUS_OK || !*changed)
		return st;
	if (back)
		state.entries += *changed;
	else
		state.entries -=
		    *changed < state.entries ? *changed : state.entries;
	return suppression_state_put(db, &state, e);
}

enum status suppression_lift(struct db *db, const struct suppression *entries,
    size_t n, uint64_t *lifted, struct err *e)
{
	struct suppression_state state;
	uint64_t count = 0;
	enum status st = lock_to_change(db, &state, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		const struct suppression *x = &entries[i];

		if (x->listed)
			st = suppression_store_remove(db, x,
			    x->kind == SUPPRESSION_EMAIL ? 0 : x->person,
			    &count, e);
	}
	if (lifted)
		*lifted = count;
	if (st != STATUS_OK || !count)
		return st;
	state.entries -= count < state.entries ? count : state.entries;
	return suppression_state_put(db, &state, e);
}

/* --- consent --- */

bool suppression_proven(const struct suppression *entry, const char *opted,
    const char *opted_at, int64_t latest)
{
	int64_t at;

	return str_equal(str_or_empty(opted), "yes") && !str_empty(opted_at) &&
	       clock_parse(opted_at, true, &at) && at > entry->at &&
	       at <= latest;
}

const char *suppression_message(struct arena *a, const struct suppression *s)
{
	char at[32];

	clock_format(s->at, at);
	return arena_printf(a,
	    "%s (%.10s). Leave it out; or, when the person has consented "
	    "again, give WhatsApp opted: yes, with a time that is later than "
	    "%.19sZ and not in the future.",
	    s->reason == SUPPRESSION_ERASED
		? "The person with this was erased at their request"
		: "The person with this has opted out",
	    at, at);
}

static enum status lift_noted(struct db *db, struct arena *a,
    const struct suppression *entries, size_t n, struct contact_id id,
    const struct actor *actor, struct err *e)
{
	uint64_t lifted = 0;
	enum status st = suppression_lift(db, entries, n, &lifted, e);

	if (st != STATUS_OK || !lifted)
		return st;
	return audit_add(db, actor, "suppression.lift",
	    contact_subject_text(a, id),
	    arena_printf(
		a, "%llu keys, by a newer consent", (unsigned long long)lifted),
	    e);
}

/* Whether the key of an entry is one that the contact did not have. */
static bool is_new_key(struct arena *a, const struct suppression_gate *g,
    const struct suppression_value *v)
{
	const char *had = g->had ? g->had[fields[v->kind]] : "";

	if (v->kind == SUPPRESSION_EMAIL && !str_empty(had))
		return !str_equal(fold_email(a, had), fold_email(a, v->value));
	return !str_equal(str_or_empty(had), v->value);
}

enum status suppression_pass(struct db *db, struct arena *a,
    const struct suppression_gate *gate, struct suppression *refused,
    struct err *e)
{
	const char *const *value = gate->value;
	struct suppression_value values[SUPPRESSION_VALUES];
	struct suppression *found;
	struct suppression proven[SUPPRESSION_VALUES];
	size_t n = suppression_values(value, 0, values);
	size_t count = 0;

	*refused = (struct suppression){.listed = false};
	enum status st = suppression_look(db, a, values, n, true, &found, e);

	if (st != STATUS_OK || !found)
		return st;
	for (size_t i = 0; i < n; i++) {
		if (!found[i].listed)
			continue;
		if (suppression_proven(&found[i], value[FIELD_WHATSAPP_OPTED],
			gate->opted_at, gate->now))
			proven[count++] = found[i];
		else if (!refused->listed && is_new_key(a, gate, &values[i]))
			*refused = found[i];
	}
	if (refused->listed || !count)
		return STATUS_OK;
	return lift_noted(db, a, proven, count, gate->id, gate->actor, e);
}

enum status suppression_consented(struct db *db, struct arena *a,
    const struct contact *c, int64_t at, const struct actor *actor,
    struct err *e)
{
	struct suppression_value values[SUPPRESSION_VALUES];
	struct suppression *found;
	size_t n = suppression_values(c->value, 0, values);
	size_t count = 0;
	enum status st = suppression_look(db, a, values, n, true, &found, e);

	if (st != STATUS_OK || !found)
		return st;
	for (size_t i = 0; i < n; i++)
		if (found[i].listed && found[i].at < at)
			found[count++] = found[i];
	return count ? lift_noted(db, a, found, count, c->id, actor, e)
		     : STATUS_OK;
}
