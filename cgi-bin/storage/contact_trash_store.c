/* contact_trash_store.c: contacts into the trash, out of it, and away */
/* SPDX-License-Identifier: MIT */
/*
 * What a contact lost is kept in one place, the revision of its way into the
 * trash: the newest one that has "_trashed_at". It has names, because tags and
 * segments may be others by then.
 */
#include "storage/contact_trash_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "storage/hook_event_store.h"

#define LIST 500u
#define Q5 "?,?,?,?,?"
#define Q50 Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5
#define Q500                                                                   \
	Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50    \
	    "," Q50

#define BEFORE_MAX (1u << 20)

enum sql {
	LOCK_ROWS,
	TAG_NAMES,
	SEGMENT_NAMES,
	TRASHING,
	TRASH,
	RESTORE,
	UNTRASH,
	TAGS_TAKE,
	SEGMENTS_TAKE,
	CAMPAIGNS_TAKE,
	REVISIONS_TAKE,
	MESSAGES_TAKE,
	CONSENTS_TAKE,
	IMPORTS_TAKE,
	PAIRS_TAKE,
	PAIRS_TAKE_2,
	DISMISSED_TAKE,
	DISMISSED_TAKE_2,
	TAGS_KNOWN,
	SEGMENTS_KNOWN,
	SEGMENT_GIVE,
	CAMPAIGNS_KNOWN,
	CAMPAIGN_GIVE,
	CONTACT_TAKE
};

static const char *const SQL[] = {
    [LOCK_ROWS] = "SELECT id, version, trashed_at, merged_into FROM contact "
		  "WHERE id IN (" Q500 ") ORDER BY id FOR UPDATE",
    [TAG_NAMES] = "SELECT contact_tag.contact_id, tag.name FROM contact_tag "
		  "JOIN tag ON tag.id = contact_tag.tag_id "
		  "WHERE contact_tag.contact_id IN (" Q500 ") AND "
		  "tag.kind = 'tag' ORDER BY contact_tag.contact_id, tag.name",
    [SEGMENT_NAMES] =
	"SELECT segment_contact.contact_id, segment.name FROM segment_contact "
	"JOIN segment ON segment.id = segment_contact.segment_id "
	"WHERE segment_contact.contact_id IN (" Q500 ") "
	"ORDER BY segment_contact.contact_id, segment.name",
    [TRASHING] = "SELECT contact_id, before_values FROM contact_revision "
		 "WHERE contact_id IN (" Q500 ") AND "
		 "JSON_EXISTS(before_values, '$._trashed_at') "
		 "ORDER BY contact_id, id",
    [TRASH] = "UPDATE contact SET trashed_at = ?, updated_at = ?, "
	      "version = version + 1 WHERE id = ?",
    [RESTORE] = "UPDATE contact SET trashed_at = NULL, merged_into = NULL, "
		"updated_at = ?, version = version + 1 WHERE id = ?",
    [UNTRASH] = "UPDATE contact SET trashed_at = NULL, merged_into = NULL "
		"WHERE id = ?",
    [TAGS_TAKE] = "DELETE FROM contact_tag WHERE contact_id = ?",
    [SEGMENTS_TAKE] = "DELETE FROM segment_contact WHERE contact_id = ?",
    [CAMPAIGNS_TAKE] = "DELETE FROM contact_campaign WHERE contact_id = ?",
    [REVISIONS_TAKE] = "DELETE FROM contact_revision WHERE contact_id = ?",
    [MESSAGES_TAKE] = "DELETE FROM message WHERE contact_id = ?",
    [CONSENTS_TAKE] = "DELETE FROM contact_consent WHERE contact_id = ?",
    [IMPORTS_TAKE] = "DELETE FROM import_contact WHERE contact_id = ?",
    [PAIRS_TAKE] = "DELETE FROM duplicate_pair WHERE first_id = ?",
    [PAIRS_TAKE_2] = "DELETE FROM duplicate_pair WHERE second_id = ?",
    [DISMISSED_TAKE] = "DELETE FROM duplicate_dismissed WHERE first_id = ?",
    [DISMISSED_TAKE_2] = "DELETE FROM duplicate_dismissed WHERE second_id = ?",
    [TAGS_KNOWN] = "SELECT id, name FROM tag WHERE kind = 'tag'",
    [SEGMENTS_KNOWN] = "SELECT id, name FROM segment WHERE kind = 'static'",
    [SEGMENT_GIVE] = "INSERT IGNORE INTO segment_contact (segment_id, "
		     "contact_id) VALUES (?, ?)",
    [CAMPAIGNS_KNOWN] = "SELECT id, name FROM campaign",
    [CAMPAIGN_GIVE] = "INSERT IGNORE INTO contact_campaign (campaign_id, "
		      "contact_id) VALUES (?, ?)",
    [CONTACT_TAKE] = "DELETE FROM contact WHERE id = ?",
};

/* The contacts of a call, by id. */
struct trash_row {
	uint64_t id;
	uint64_t version;
	int64_t trashed_at;
	uint64_t merged_into;
};

/* Names of contacts, ordered by contact. */
struct named {
	uint64_t contact;
	const char *name;
};
struct names {
	struct named *items;
	size_t count;
	size_t space;
};

static struct db_query *list_query(
    struct db *db, enum sql sql, const uint64_t *ids, size_t n)
{
	struct db_query *q = db_query(db, SQL[sql]);

	for (size_t i = 0; i < LIST; i++)
		db_put_u64(q, ids[i < n ? i : 0]);
	return q;
}

/* Those of at most LIST ids that are in the trash, or those that are not. */
static enum status lock_list(struct db *db, const uint64_t *ids, size_t n,
    bool in_trash, struct trash_row *out, size_t *count, struct err *e)
{
	struct db_query *q = list_query(db, LOCK_ROWS, ids, n);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct trash_row *r = &out[*count];

		r->id = db_get_u64(q);
		r->version = db_get_u64(q);
		r->trashed_at = db_get_time(q);
		r->merged_into = db_get_u64(q);
		*count += (r->trashed_at != 0) == in_trash;
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status lock_rows(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, bool in_trash, struct trash_row **out,
    size_t *count, struct err *e)
{
	enum status st = STATUS_OK;

	*out = arena_raw(a, (n + 1) * sizeof(**out));
	*count = 0;
	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST)
		st = lock_list(db, ids + i, n - i < LIST ? n - i : LIST,
		    in_trash, *out, count, e);
	return st;
}

static void add_name(
    struct arena *a, struct names *names, uint64_t contact, const char *name)
{
	if (names->count == names->space) {
		struct named *old = names->items;

		names->space = names->space ? names->space * 2 : 256;
		names->items = arena_raw(a, names->space * sizeof(*old));
		if (names->count)
			memcpy(names->items, old, names->count * sizeof(*old));
	}
	names->items[names->count++] = (struct named){contact, name};
}

static enum status read_names(struct db *db, struct arena *a, enum sql sql,
    const uint64_t *ids, size_t n, struct names *out, struct err *e)
{
	enum status st = STATUS_OK;

	*out = (struct names){0};
	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST) {
		struct db_query *q =
		    list_query(db, sql, ids + i, n - i < LIST ? n - i : LIST);

		st = db_run(q, e);
		while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
			uint64_t contact = db_get_u64(q);

			add_name(a, out, contact, db_get_text(q, a));
		}
		db_done(q);
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	return st;
}

static uint64_t *ids_of(
    struct arena *a, const struct trash_row *rows, size_t count)
{
	uint64_t *ids = arena_raw(a, (count + 1) * sizeof(*ids));

	for (size_t i = 0; i < count; i++)
		ids[i] = rows[i].id;
	return ids;
}

/* One statement for each id. */
static enum status for_each(struct db *db, enum sql sql, const uint64_t *ids,
    size_t count, struct err *e)
{
	const struct db_column column = {.kind = DB_NUMBERS, .numbers = ids};

	return db_bulk(db, SQL[sql], &column, 1, count, e);
}

static enum status set_trashed(struct db *db, struct arena *a, enum sql sql,
    const uint64_t *ids, size_t count, int64_t now, struct err *e)
{
	char text[32];

	clock_format(now, text);
	text[10] = ' ';
	text[23] = '\0';
	const char *at = arena_strdup(a, text);
	const struct db_column columns[] = {
	    {.kind = DB_CONST_TEXT, .texts = &at},
	    {.kind = DB_CONST_TEXT, .texts = &at},
	    {.kind = DB_NUMBERS, .numbers = ids},
	};

	return sql == TRASH ? db_bulk(db, SQL[sql], columns, 3, count, e)
			    : db_bulk(db, SQL[sql], columns + 1, 2, count, e);
}

/* --- into the trash --- */

/* The names of one contact, from *at on. */
static void put_names(struct json_writer *w, const char *key,
    const struct names *names, size_t *at, uint64_t contact)
{
	json_key(w, key);
	json_open(w, '[');
	while (*at < names->count && names->items[*at].contact < contact)
		++*at;
	while (*at < names->count && names->items[*at].contact == contact)
		json_put_text(w, names->items[(*at)++].name);
	json_close(w, ']');
}

static enum status trash_revisions(struct arena *a,
    const struct trash_row *rows, size_t count, const struct names *tags,
    const struct names *segments, enum revision_kind kind,
    struct batch_revision *out, struct err *e)
{
	size_t tag = 0, segment = 0;
	struct str s;

	str_init(&s, BEFORE_MAX);
	for (size_t i = 0; i < count && !s.full; i++) {
		struct json_writer w;

		str_reset(&s);
		json_writer_init(&w, &s);
		json_open(&w, '{');
		put_names(&w, "_tags", tags, &tag, rows[i].id);
		put_names(&w, "_segments", segments, &segment, rows[i].id);
		json_pair_text(&w, "_trashed_at", NULL);
		json_close(&w, '}');
		out[i] = (struct batch_revision){.contact = rows[i].id,
		    .version = rows[i].version,
		    .before = arena_strdup(a, str_text(&s)),
		    .kind = kind};
	}
	bool full = s.full;

	str_release(&s);
	return full ? ERR(e, STATUS_FAILED, "too many tags and segments")
		    : STATUS_OK;
}

static enum status write_trash(struct db *db, struct arena *a,
    const struct trash_row *rows, size_t count, enum revision_kind kind,
    const struct batch_origin *origin, int64_t now, struct err *e)
{
	const uint64_t *ids = ids_of(a, rows, count);
	struct batch_revision *revisions =
	    arena_raw(a, count * sizeof(*revisions));
	struct names tags, segments;
	enum status st = read_names(db, a, TAG_NAMES, ids, count, &tags, e);

	if (st == STATUS_OK)
		st = read_names(db, a, SEGMENT_NAMES, ids, count, &segments, e);
	if (st == STATUS_OK)
		st = trash_revisions(
		    a, rows, count, &tags, &segments, kind, revisions, e);
	if (st == STATUS_OK)
		st = contact_batch_revisions(
		    db, a, revisions, count, origin, now, e);
	if (st == STATUS_OK)
		st = for_each(db, TAGS_TAKE, ids, count, e);
	if (st == STATUS_OK)
		st = for_each(db, SEGMENTS_TAKE, ids, count, e);
	return st == STATUS_OK ? set_trashed(db, a, TRASH, ids, count, now, e)
			       : st;
}

enum status contact_batch_trash(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, enum revision_kind kind,
    const struct batch_origin *origin, int64_t now, uint64_t *changed,
    struct err *e)
{
	struct trash_row *rows;
	size_t count;
	enum status st = lock_rows(db, a, contacts, n, false, &rows, &count, e);

	*changed = 0;
	if (st == STATUS_OK && count)
		st = write_trash(db, a, rows, count, kind, origin, now, e);
	if (st == STATUS_OK)
		*changed = count;
	return st;
}

/* --- out of it --- */

/* Adds the names of a JSON array. */
static void names_of(struct arena *a, const struct json_t *list,
    uint64_t contact, struct names *out)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const char *name = json_text(json_at(list, i));

		if (name)
			add_name(a, out, contact, name);
	}
}

/* The names that the book has now, folded and in order. */
struct known_name {
	const char *folded;
	uint64_t id;
};
struct known_names {
	struct known_name *items;
	size_t count;
	size_t space;
};

static int by_folded(const void *a, const void *b)
{
	return strcmp(((const struct known_name *)a)->folded,
	    ((const struct known_name *)b)->folded);
}

static enum status know_names(struct db *db, struct arena *a, enum sql sql,
    struct known_names *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[sql]);
	enum status st = db_run(q, e);

	*out = (struct known_names){0};
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (out->count == out->space) {
			struct known_name *old = out->items;

			out->space = out->space ? out->space * 2 : 64;
			out->items = arena_raw(a, out->space * sizeof(*old));
			if (out->count)
				memcpy(
				    out->items, old, out->count * sizeof(*old));
		}
		struct known_name *one = &out->items[out->count++];

		one->id = db_get_u64(q);
		one->folded = utf8_fold(a, db_get_text(q, a));
	}
	db_done(q);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_folded);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* The names as pairs of ids; those that the book has no more are left out. */
static enum status resolve(struct db *db, struct arena *a, enum sql known_by,
    const struct names *names, struct tag_pair *out, size_t *count,
    struct err *e)
{
	struct known_names known;
	enum status st = know_names(db, a, known_by, &known, e);

	*count = 0;
	for (size_t i = 0; st == STATUS_OK && i < names->count; i++) {
		struct known_name key = {utf8_fold(a, names->items[i].name), 0};
		const struct known_name *found =
		    known.count ? bsearch(&key, known.items, known.count,
				      sizeof(key), by_folded)
				: NULL;

		if (found)
			out[(*count)++] = (struct tag_pair){
			    names->items[i].contact, found->id};
	}
	return st;
}

static enum status give_places(struct db *db, struct arena *a, enum sql known,
    enum sql give, const struct names *names, struct err *e)
{
	struct tag_pair *pairs = arena_raw(a, names->count * sizeof(*pairs));
	uint64_t *places = arena_raw(a, names->count * sizeof(*places));
	uint64_t *contacts = arena_raw(a, names->count * sizeof(*contacts));
	size_t n;

	if (!names->count)
		return STATUS_OK;
	enum status st = resolve(db, a, known, names, pairs, &n, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n; i++) {
		contacts[i] = pairs[i].contact;
		places[i] = pairs[i].tag;
	}
	const struct db_column columns[] = {
	    {.kind = DB_NUMBERS, .numbers = places},
	    {.kind = DB_NUMBERS, .numbers = contacts},
	};

	return n ? db_bulk(db, SQL[give], columns, 2, n, e) : STATUS_OK;
}

/* The names of one kind ("_tags", "_segments", "_campaigns") that contacts in
 * the trash had: of the newest change that has "_trashed_at". */
static enum status read_lost(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, const char *key, struct names *out,
    struct err *e)
{
	struct names trashings;
	enum status st =
	    read_names(db, a, TRASHING, contacts, n, &trashings, e);

	*out = (struct names){0};
	for (size_t i = 0; st == STATUS_OK && i < trashings.count; i++) {
		const struct named *x = &trashings.items[i];
		struct json_t *before;

		if (i + 1 < trashings.count && x[1].contact == x->contact)
			continue;
		st = json_parse(a, x->name, strlen(x->name), &before, e);
		if (st != STATUS_OK)
			return ERR(e, STATUS_FAILED,
			    "a revision of contact %llu is broken",
			    (unsigned long long)x->contact);
		names_of(a, json_get(before, key), x->contact, out);
	}
	return st;
}

enum status contact_batch_lost_tags(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct tag_pair **pairs, size_t *count,
    struct err *e)
{
	struct names names;
	enum status st = read_lost(db, a, contacts, n, "_tags", &names, e);

	*count = 0;
	*pairs = arena_raw(a, (names.count + 1) * sizeof(**pairs));
	if (st != STATUS_OK || !names.count)
		return st;
	return resolve(db, a, TAGS_KNOWN, &names, *pairs, count, e);
}

/* Segments; and campaigns, which only a merge takes from a contact. */
static enum status give_places_back(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct err *e)
{
	struct names segments, campaigns;
	enum status st =
	    read_lost(db, a, contacts, n, "_segments", &segments, e);

	if (st == STATUS_OK)
		st = read_lost(db, a, contacts, n, "_campaigns", &campaigns, e);
	if (st == STATUS_OK)
		st = give_places(
		    db, a, SEGMENTS_KNOWN, SEGMENT_GIVE, &segments, e);
	return st == STATUS_OK ? give_places(db, a, CAMPAIGNS_KNOWN,
				     CAMPAIGN_GIVE, &campaigns, e)
			       : st;
}

static enum status give_back(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct err *e)
{
	struct tag_pair *pairs;
	size_t count;
	enum status st =
	    contact_batch_lost_tags(db, a, contacts, n, &pairs, &count, e);

	if (st == STATUS_OK)
		st = contact_batch_add_tags(db, a, pairs, count, e);
	return st == STATUS_OK ? give_places_back(db, a, contacts, n, e) : st;
}

enum status contact_batch_untrash(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct err *e)
{
	enum status st = give_places_back(db, a, contacts, n, e);

	return st == STATUS_OK ? for_each(db, UNTRASH, contacts, n, e) : st;
}

static const char *before_restore(struct arena *a, const struct trash_row *row)
{
	char at[32];
	const char *merged = "";

	clock_format(row->trashed_at, at);
	if (row->merged_into)
		merged =
		    arena_printf(a, ",\"_campaigns\":[],\"_merged_into\":%llu",
			(unsigned long long)row->merged_into);
	return arena_printf(a,
	    "{\"_tags\":[],\"_segments\":[],\"_trashed_at\":\"%s\"%s}", at,
	    merged);
}

static void restore_revisions(struct arena *a, const struct trash_row *rows,
    size_t count, enum revision_kind kind, struct batch_revision *out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (struct batch_revision){.contact = rows[i].id,
		    .version = rows[i].version,
		    .before = before_restore(a, &rows[i]),
		    .kind = kind};
}

enum status contact_batch_restore(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, enum revision_kind kind,
    const struct batch_origin *origin, int64_t now, uint64_t *changed,
    struct err *e)
{
	struct trash_row *rows;
	size_t count;
	enum status st = lock_rows(db, a, contacts, n, true, &rows, &count, e);

	*changed = 0;
	if (st != STATUS_OK || !count)
		return st;
	const uint64_t *ids = ids_of(a, rows, count);
	struct batch_revision *revisions =
	    arena_raw(a, count * sizeof(*revisions));

	st = give_back(db, a, ids, count, e);
	restore_revisions(a, rows, count, kind, revisions);
	if (st == STATUS_OK)
		st = contact_batch_revisions(
		    db, a, revisions, count, origin, now, e);
	if (st == STATUS_OK)
		st = set_trashed(db, a, RESTORE, ids, count, now, e);
	if (st == STATUS_OK)
		*changed = count;
	return st;
}

/* --- away --- */

static enum status tell_purged(struct db *db, struct arena *a,
    const struct trash_row *rows, size_t count, struct err *e)
{
	const struct hook_cause cause = {.actor = {.address = ""}};
	struct hook_item *items = arena_raw(a, (count + 1) * sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct hook_item){
		    .contact = rows[i].id, .version = rows[i].version};
	return hook_event_contacts(
	    db, HOOK_DELETED, items, count, &cause, clock_now(), e);
}

enum status contact_batch_purge(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, uint64_t *purged, struct err *e)
{
	static const enum sql steps[] = {TAGS_TAKE, SEGMENTS_TAKE,
	    CAMPAIGNS_TAKE, REVISIONS_TAKE, MESSAGES_TAKE, CONSENTS_TAKE,
	    IMPORTS_TAKE, PAIRS_TAKE, PAIRS_TAKE_2, DISMISSED_TAKE,
	    DISMISSED_TAKE_2, CONTACT_TAKE};
	struct trash_row *rows;
	size_t count;
	enum status st = lock_rows(db, a, contacts, n, true, &rows, &count, e);

	*purged = 0;
	if (st != STATUS_OK || !count)
		return st;
	const uint64_t *ids = ids_of(a, rows, count);

	for (size_t i = 0;
	     st == STATUS_OK && i < sizeof(steps) / sizeof(*steps); i++)
		st = for_each(db, steps[i], ids, count, e);
	if (st == STATUS_OK)
		st = hook_forget_contacts(db, ids, count, e);
	if (st == STATUS_OK)
		st = tell_purged(db, a, rows, count, e);
	if (st == STATUS_OK)
		*purged = count;
	return st;
}
