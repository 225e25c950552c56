/* audit_list_store.c: pages of the audit log */
/* SPDX-License-Identifier: MIT */
/*
 * The entries of one action, member, subject or address stand in the order of
 * time in an index, so a page of them is its first rows. Of several actions
 * each gives its first rows, and the newest of all these are the page.
 */
#include "storage/audit_list_store.h"

#include "base/str.h"

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)
#define SQL_MAX (64u << 10)
#define BINDS_MAX 1000u

struct bind {
	enum {
		BIND_TEXT,
		BIND_NUMBER,
		BIND_TIME
	} kind;
	const char *text;
	uint64_t number;
	int64_t ms;
};

/* A statement that is put together, with the values for its '?'. */
struct builder {
	const struct audit_query *q;
	struct arena *arena;
	struct str text;
	struct bind *binds;
	size_t count;
	bool began; /* WHERE is there */
	int64_t floor;
};

static void put(struct builder *b, struct bind v)
{
	if (b->count < BINDS_MAX)
		b->binds[b->count++] = v;
}

static void put_text(struct builder *b, const char *z)
{
	put(b, (struct bind){.kind = BIND_TEXT, .text = z});
}

static void put_number(struct builder *b, uint64_t n)
{
	put(b, (struct bind){.kind = BIND_NUMBER, .number = n});
}

static void put_time(struct builder *b, int64_t ms)
{
	put(b, (struct bind){.kind = BIND_TIME, .ms = ms});
}

static void add(struct builder *b, const char *condition)
{
	str_addz(&b->text, b->began ? " AND " : " WHERE ");
	str_addz(&b->text, condition);
	b->began = true;
}

static void add_list(struct builder *b, const struct audit_actions *l)
{
	str_addz(&b->text, " (''");
	for (size_t i = 0; i < l->count; i++) {
		str_addz(&b->text, ", ?");
		put_text(b, l->items[i]);
	}
	str_addz(&b->text, ")");
}

/* Whether a page has to look at entries that do not get in. */
static bool is_slow(const struct audit_query *q)
{
	return q->words != NULL || q->by != AUDIT_BY_ANYBODY;
}

static void add_by(struct builder *b)
{
	const struct audit_query *q = b->q;

	switch (q->by) {
	case AUDIT_BY_ANYBODY:
	case AUDIT_BY_MEMBER:
	case AUDIT_BY_TOKEN:
		return;
	case AUDIT_BY_COMMAND:
		add(b, "member_id IS NULL AND address = '' AND action NOT IN");
		add_list(b, &q->by_itself);
		return;
	case AUDIT_BY_ITSELF:
		add(b, "member_id IS NULL AND address = '' AND action IN");
		add_list(b, &q->by_itself);
		return;
	case AUDIT_BY_WHATSAPP:
		add(b, "member_id IS NULL AND address <> '' AND action NOT IN");
		add_list(b, &q->by_strangers);
		return;
	case AUDIT_BY_STRANGER:
		add(b, "member_id IS NULL AND address <> '' AND action IN");
		add_list(b, &q->by_strangers);
		return;
	}
}

static void add_words(struct builder *b)
{
	const struct audit_query *q = b->q;

	if (!q->words)
		return;
	const char *like =
	    arena_printf(b->arena, "%%%s%%", db_like(b->arena, q->words));

	add(b, "(subject LIKE ? COLLATE utf8mb4_uca1400_ai_ci"
	       " OR details LIKE ? COLLATE utf8mb4_uca1400_ai_ci"
	       " OR action IN");
	put_text(b, like);
	put_text(b, like);
	add_list(b, &q->word_actions);
	str_addz(&b->text, ")");
}

static void add_times(struct builder *b)
{
	const struct audit_query *q = b->q;

	if (q->from != INT64_MIN) {
		add(b, "at >= ?");
		put_time(b, q->from);
	}
	if (q->until != INT64_MAX) {
		add(b, "at < ?");
		put_time(b, q->until);
	}
	if (q->after.at) {
		add(b, "at <= ? AND (at < ? OR id < ?)");
		put_time(b, q->after.at);
		put_time(b, q->after.at);
		put_number(b, q->after.id);
	}
	if (b->floor) {
		add(b, "at >= ?");
		put_time(b, b->floor);
	}
}

/* What an index answers; of one action, when it is not NULL. */
static void add_keys(struct builder *b, const char *action)
{
	const struct audit_query *q = b->q;

	b->began = false;
	if (q->member.n) {
		add(b, "member_id = ?");
		put_number(b, q->member.n);
	}
	if (q->token.n) {
		add(b, "token_id = ?");
		put_number(b, q->token.n);
	}
	if (action) {
		add(b, "action = ?");
		put_text(b, action);
	}
	if (q->subject) {
		add(b, "subject = ?");
		put_text(b, q->subject);
	}
	if (q->address) {
		add(b, "address = ?");
		put_text(b, q->address);
	}
	add_times(b);
}

static void add_order(struct builder *b, size_t limit)
{
	str_addz(&b->text, " ORDER BY at DESC, id DESC LIMIT ?)");
	put_number(b, limit);
}

/* The places of the newest rows: of all, or of each action. */
static void add_places(struct builder *b, size_t limit)
{
	const struct audit_actions *l = &b->q->actions;

	for (size_t i = 0; i < l->count || i == 0; i++) {
		str_addz(&b->text, i ? " UNION ALL (" : "(");
		str_addz(&b->text, "SELECT id, at FROM audit");
		add_keys(b, l->count ? l->items[i] : NULL);
		add_order(b, limit);
	}
}

/* The same where each row has to be looked at. */
static void add_looked_at(struct builder *b, size_t limit)
{
	str_addz(&b->text, "(SELECT id, at FROM audit");
	add_keys(b, NULL);
	add_by(b);
	add_words(b);
	if (b->q->actions.count) {
		add(b, "action IN");
		add_list(b, &b->q->actions);
	}
	add_order(b, limit);
}

static void begin(struct builder *b, const char *text)
{
	str_reset(&b->text);
	str_addz(&b->text, text);
	b->count = 0;
}

static struct db_query *finish(struct builder *b, struct db *db)
{
	struct db_query *q =
	    db_query_once(db, arena_strdup(b->arena, str_text(&b->text)));

	for (size_t i = 0; i < b->count; i++) {
		const struct bind *v = &b->binds[i];

		if (v->kind == BIND_TEXT)
			db_put_text(q, v->text);
		else if (v->kind == BIND_NUMBER)
			db_put_u64(q, v->number);
		else
			db_put_time(q, v->ms);
	}
	return q;
}

/* How far back one page looks; 0: there are no AUDIT_LOOK entries that far. */
static enum status find_floor(struct builder *b, struct db *db, struct err *e)
{
	begin(b,
	    "SELECT IF(COUNT(*) < " TEXT(AUDIT_LOOK) ", NULL, MIN(at))"
						     " FROM"
						     " (SELECT at FROM audit");
	add_keys(b, NULL);
	add_order(b, AUDIT_LOOK);
	str_addz(&b->text, " AS looked");
	struct db_query *q = finish(b, db);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		b->floor = db_get_time(q);
	db_done(q);
	return st;
}

static void read_row(struct db_query *q, struct arena *a, struct audit *r)
{
	r->id = db_get_u64(q);
	r->at = db_get_time(q);
	r->member.n = db_get_u64(q);
	r->member_name = db_get_text(q, a);
	r->token.n = db_get_u64(q);
	r->token_name = db_get_text(q, a);
	r->address = db_get_text(q, a);
	r->action = db_get_text(q, a);
	r->subject = db_get_text(q, a);
	r->details = db_get_text(q, a);
}

static enum status read_page(
    struct builder *b, struct db *db, struct audit_page *out, struct err *e)
{
	const size_t limit = b->q->limit;

	begin(b, "SELECT audit.id, audit.at, audit.member_id, member.name,"
		 " audit.token_id, api_token.name, audit.address, audit.action,"
		 " audit.subject, audit.details FROM (");
	if (is_slow(b->q))
		add_looked_at(b, limit + 1);
	else
		add_places(b, limit + 1);
	str_addz(&b->text,
	    ") AS place JOIN audit ON audit.id = place.id"
	    " LEFT JOIN member ON member.id = audit.member_id"
	    " LEFT JOIN api_token ON api_token.id = audit.token_id"
	    " ORDER BY place.at DESC, place.id DESC LIMIT ?");
	put_number(b, limit + 1);
	struct db_query *q = finish(b, db);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		out->more = out->count == limit;
		if (!out->more)
			read_row(q, b->arena, &out->rows[out->count++]);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status audit_list(struct db *db, struct arena *a,
    const struct audit_query *query, struct audit_page *out, struct err *e)
{
	struct builder b = {.q = query, .arena = a};
	enum status st = STATUS_OK;

	*out = (struct audit_page){
	    .rows = arena_alloc(a, query->limit * sizeof(*out->rows))};
	b.binds = arena_alloc(a, BINDS_MAX * sizeof(*b.binds));
	str_init(&b.text, SQL_MAX);
	if (is_slow(query))
		st = find_floor(&b, db, e);
	if (st == STATUS_OK)
		st = read_page(&b, db, out, e);
	str_release(&b.text);
	if (st != STATUS_OK)
		return st;
	if (out->more) {
		const struct audit *last = &out->rows[out->count - 1];

		out->end = (struct audit_place){last->at, last->id};
	} else if (b.floor) {
		out->more = true;
		out->end = (struct audit_place){b.floor, 1};
	}
	return STATUS_OK;
}
