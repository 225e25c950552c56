/* contact_by_name.c: pages of all contacts by their first tag or campaign */
/* SPDX-License-Identifier: MIT */
/*
 * To sort a million contacts by their first tag, the first tag of each has to
 * be found. A page needs few of them: it is read name after name, in the order
 * of the names, off the index that has the contacts of each in the order of
 * their ids, without those that have a name before that one. Contacts without
 * any come before the first name.
 */
#include "storage/contact_by_name.h"

#define NAMES_AT_ONCE 50u

enum sql {
	NAME_IS,
	NAMES_UP,
	NAMES_DOWN,
	NAMES_DOWN_ALL,
	OF_UP,
	OF_DOWN,
	NONE_UP,
	NONE_DOWN,
	NONE_UP_EXACT,
	NONE_DOWN_EXACT,
	SQL_COUNT
};

/* Names that no contact has are passed over. */
#define NAMES(table, links, link, where)                                       \
	"SELECT n.id, n.name FROM " table " n WHERE " where                    \
	" AND EXISTS (SELECT 1 FROM " links " l WHERE l." link " = n.id)"
/* A name of the contact, before another one in the order where `more` says so.
 * Not with EXISTS: the server would make a list of all contacts of it. */
#define NAME_OF(table, links, link, contact, more)                             \
	"(SELECT 1 FROM " links " o STRAIGHT_JOIN " table " n"                 \
	" ON n.id = o." link " WHERE o.contact_id = " contact more " LIMIT 1)"
#define OF(table, links, link, kind, compare)                                  \
	"SELECT l.contact_id FROM " links " l STRAIGHT_JOIN contact"           \
	" ON contact.id = l.contact_id WHERE l." link " = ?"                   \
	" AND l.contact_id " compare                                           \
	" ? AND contact.trashed_at IS NULL AND " NAME_OF(table, links, link,   \
	    "l.contact_id",                                                    \
	    kind " AND n.name < ?") " IS NULL ORDER BY l.contact_id"
#define NONE(links, compare)                                                   \
	"SELECT contact.id FROM contact FORCE INDEX (trashed_at)"              \
	" LEFT JOIN " links " l ON l.contact_id = contact.id"                  \
	" WHERE contact.trashed_at IS NULL AND contact.id " compare " ?"       \
	" AND l.contact_id IS NULL ORDER BY contact.id"
/* The same while there are links to names that are gone. */
#define NONE_EXACT(table, links, link, kind, compare)                          \
	"SELECT contact.id FROM contact FORCE INDEX (trashed_at)"              \
	" WHERE contact.trashed_at IS NULL AND contact.id " compare            \
	" ? AND " NAME_OF(table, links, link, "contact.id",                    \
	    kind) " IS NULL ORDER BY contact.id"
#define ALL(table, links, link, kind, where)                                   \
	{                                                                      \
		[NAME_IS] =                                                    \
		    NAMES(table, links, link, where " AND n.name = ?"),        \
		[NAMES_UP] = NAMES(table, links, link,                         \
		    where " AND n.name > ?") " ORDER BY n.name LIMIT ?",       \
		[NAMES_DOWN] = NAMES(table, links, link,                       \
		    where " AND n.name < ?") " ORDER BY n.name DESC LIMIT ?",  \
		[NAMES_DOWN_ALL] = NAMES(table, links, link,                   \
		    where) " ORDER BY n.name DESC LIMIT ?",                    \
		[OF_UP] = OF(table, links, link, kind, ">") " LIMIT ?",        \
		[OF_DOWN] = OF(table, links, link, kind, "<") " DESC LIMIT ?", \
		[NONE_UP] = NONE(links, ">") " LIMIT ?",                       \
		[NONE_DOWN] = NONE(links, "<") " DESC LIMIT ?",                \
		[NONE_UP_EXACT] =                                              \
		    NONE_EXACT(table, links, link, kind, ">") " LIMIT ?",      \
		[NONE_DOWN_EXACT] =                                            \
		    NONE_EXACT(table, links, link, kind, "<") " DESC LIMIT ?", \
	}
#define KIND " AND n.kind = 'tag'"

static const char *const TAGS[SQL_COUNT] =
    ALL("tag", "contact_tag", "tag_id", KIND, "n.kind = 'tag'");
static const char *const CAMPAIGNS[SQL_COUNT] =
    ALL("campaign", "contact_campaign", "campaign_id", "", "TRUE");

struct name {
	uint64_t id;
	const char *text;
};

struct walk {
	struct db *db;
	struct arena *arena;
	const char *const *sql;
	bool down;
	uint64_t *ids;
	size_t count;
	size_t limit;
	struct err *err;
};

bool contact_by_name(const struct contact_query *query)
{
	return (query->sort == SORT_TAGS || query->sort == SORT_CAMPAIGNS) &&
	       !query->condition_count && !query->trash;
}

static bool is_full(const struct walk *w)
{
	return w->count == w->limit;
}

static uint64_t first_place(const struct walk *w)
{
	return w->down ? UINT64_MAX : 0;
}

static enum status take(struct walk *w, struct db_query *q)
{
	enum status st = db_run(q, w->err);

	while (st == STATUS_OK && !is_full(w) &&
	       (st = db_next(q, w->err)) == STATUS_OK)
		w->ids[w->count++] = db_get_u64(q);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* Those whose first name it is, after a contact. */
static enum status take_of(
    struct walk *w, const struct name *name, uint64_t after)
{
	struct db_query *q = db_query(w->db, w->sql[w->down ? OF_DOWN : OF_UP]);

	db_put_u64(q, name->id);
	db_put_u64(q, after);
	db_put_text(q, name->text);
	db_put_u64(q, w->limit - w->count);
	return take(w, q);
}

/* Whether tags or campaigns are being deleted or merged: see
 * domain/catalog/catalog_job.h. */
static enum status has_dead_links(struct walk *w, bool *has)
{
	struct db_query *q =
	    db_query(w->db, "SELECT EXISTS (SELECT 1 FROM catalog_job)");
	enum status st = db_one(q, w->err);

	*has = st == STATUS_OK && db_get_bool(q);
	db_done(q);
	return st;
}

static enum status take_without(struct walk *w, uint64_t after)
{
	bool exact;
	enum status st = has_dead_links(w, &exact);

	if (st != STATUS_OK)
		return st;
	struct db_query *q =
	    db_query(w->db, w->sql[w->down ? exact ? NONE_DOWN_EXACT : NONE_DOWN
				   : exact ? NONE_UP_EXACT
					   : NONE_UP]);

	db_put_u64(q, after);
	db_put_u64(q, w->limit - w->count);
	return take(w, q);
}

static enum status read_names(struct walk *w, struct db_query *q,
    struct name names[NAMES_AT_ONCE], size_t *count)
{
	enum status st = db_run(q, w->err);

	*count = 0;
	while (st == STATUS_OK && *count < NAMES_AT_ONCE &&
	       (st = db_next(q, w->err)) == STATUS_OK) {
		struct name *n = &names[(*count)++];

		n->id = db_get_u64(q);
		n->text = db_get_text(q, w->arena);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* The names after one in the order of the walk; NULL: from its beginning. */
static enum status names_after(struct walk *w, const char *after,
    struct name names[NAMES_AT_ONCE], size_t *count)
{
	bool all = w->down && !after;
	struct db_query *q = db_query(w->db, w->sql[all	      ? NAMES_DOWN_ALL
						    : w->down ? NAMES_DOWN
							      : NAMES_UP]);

	if (!all)
		db_put_text(q, after ? after : "");
	db_put_u64(q, NAMES_AT_ONCE);
	return read_names(w, q, names, count);
}

static enum status take_names(struct walk *w, const char *after)
{
	struct name names[NAMES_AT_ONCE];
	size_t n = NAMES_AT_ONCE;
	enum status st = STATUS_OK;

	while (st == STATUS_OK && n == NAMES_AT_ONCE && !is_full(w)) {
		st = names_after(w, after, names, &n);
		for (size_t i = 0; st == STATUS_OK && i < n && !is_full(w);
		     i++) {
			st = take_of(w, &names[i], first_place(w));
			after = names[i].text;
		}
	}
	return st;
}

/* What is left of the name of the cursor; somebody may have deleted it. */
static enum status take_rest(struct walk *w, const char *name, uint64_t after)
{
	struct db_query *q = db_query(w->db, w->sql[NAME_IS]);
	struct name names[NAMES_AT_ONCE];
	size_t n;

	db_put_text(q, name);
	enum status st = read_names(w, q, names, &n);

	return st == STATUS_OK && n ? take_of(w, &names[0], after) : st;
}

static enum status walk_from(struct walk *w, const struct contact_cursor *c)
{
	bool begins = c->kind != CURSOR_AFTER && c->kind != CURSOR_BEFORE;
	const char *name = begins ? NULL : c->value;
	bool without = !begins && !c->value;
	enum status st = STATUS_OK;

	if (name)
		st = take_rest(w, name, c->id);
	if (!w->down && (begins || without))
		st = take_without(w, begins ? first_place(w) : c->id);
	if (st == STATUS_OK && !(w->down && without) && !is_full(w))
		st = take_names(w, name);
	if (st == STATUS_OK && w->down && !is_full(w))
		st = take_without(w, without ? c->id : first_place(w));
	return st;
}

enum status contact_by_name_ids(struct db *db, struct arena *a,
    const struct contact_query *query, bool descending, uint64_t **ids,
    size_t *count, struct err *e)
{
	struct walk w = {.db = db,
	    .arena = a,
	    .sql = query->sort == SORT_TAGS ? TAGS : CAMPAIGNS,
	    .down = descending,
	    .limit = query->limit + 1,
	    .err = e};

	w.ids = arena_raw(a, w.limit * sizeof(*w.ids));
	enum status st = walk_from(&w, &query->cursor);

	*ids = w.ids;
	*count = w.count;
	return st;
}
