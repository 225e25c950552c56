/* contact_export.c: contacts as a CSV file */
/* SPDX-License-Identifier: MIT */
#include "domain/contact_export.h"

#include <string.h>

#include "base/str.h"
#include "domain/attributes.h"
#include "domain/csv_guard.h"
#include "model/attribute.h"
#include "storage/attribute_store.h"
#include "storage/audit_store.h"
#include "storage/contact_list_store.h"
#include "storage/contact_store.h"

#define PIECE (64u << 10)     /* bytes handed over at once, about */
#define BUFFER_MAX (8u << 20) /* one row is at most this long */

struct export
{
	struct db *db;	     /* for the tags */
	struct arena *arena; /* of a chunk */
	struct attribute_list attributes;
	struct known_tags tags;
	struct str out;
	export_write write;
	void *arg;
	bool gone;
	struct contact rows[CONTACT_CHUNK];
	size_t count;
};

static void put_cell(struct export *x, const char *cell, bool first)
{
	struct str *out = &x->out;
	bool guard = csv_guard(cell);
	size_t n = strcspn(cell, "\",\r\n;\t");

	if (!first)
		str_addc(out, ',');
	if (!cell[n] && *cell != ' ' && (!n || cell[n - 1] != ' ')) {
		if (guard)
			str_addc(out, '\'');
		str_add(out, cell, n);
		return;
	}
	str_addc(out, '"');
	if (guard)
		str_addc(out, '\'');
	for (;;) {
		n = strcspn(cell, "\"");
		str_add(out, cell, n);
		if (!cell[n])
			break;
		str_add(out, "\"\"", 2);
		cell += n + 1;
	}
	str_addc(out, '"');
}

static void hand_over(struct export *x)
{
	if (!x->gone && x->out.len &&
	    !x->write(x->arg, x->out.data, x->out.len))
		x->gone = true;
	str_reset(&x->out);
}

static void put_header(struct export *x)
{
	str_addz(&x->out, "\xef\xbb\xbf");
	for (int i = 0; i < FIELD_COUNT; i++)
		put_cell(x, contact_fields[i].label, i == 0);
	put_cell(x, "Tags", false);
	for (size_t i = 0; i < x->attributes.count; i++)
		put_cell(x,
		    arena_printf(x->arena, "%s||%s",
			x->attributes.items[i].name,
			attribute_type_keys[x->attributes.items[i].type]),
		    false);
	str_addz(&x->out, "\r\n");
	hand_over(x);
}

static void put_tags(struct export *x, const struct contact *c)
{
	const char *text = c->tag_count ? c->tags[0] : "";

	for (size_t i = 1; i < c->tag_count; i++)
		text = arena_printf(x->arena, "%s|%s", text, c->tags[i]);
	/* Without a bar, or after a quotation mark, it would be divided where
	 * it must not be. */
	if (text[0] == '"')
		text = arena_printf(x->arena, "|%s", text);
	else if (c->tag_count == 1 && (text[0] == '*' || strpbrk(text, ",;:")))
		text = arena_printf(x->arena, "%s|", text);
	put_cell(x, text, false);
}

static void put_attributes(struct export *x, const struct contact *c)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	if (!x->attributes.count)
		return;
	attributes_parse(x->arena, c->attributes, &members, &count);
	for (size_t i = 0; i < x->attributes.count; i++) {
		const char *json =
		    attributes_get(members, count, x->attributes.items[i].name);

		put_cell(
		    x, json ? attributes_plain(x->arena, json) : "", false);
	}
}

static void put_row(struct export *x, const struct contact *c)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		put_cell(x, c->value[i], i == 0);
	put_tags(x, c);
	put_attributes(x, c);
	str_addz(&x->out, "\r\n");
	if (x->out.len >= PIECE)
		hand_over(x);
}

static enum status put_chunk(struct export *x, struct err *e)
{
	enum status st = contact_list_store_chunk_tags(
	    x->db, x->arena, &x->tags, x->rows, x->count, e);

	for (size_t i = 0; st == STATUS_OK && i < x->count && !x->gone; i++)
		put_row(x, &x->rows[i]);
	if (st == STATUS_OK && x->out.full)
		st = ERR(e, STATUS_TOO_LARGE, "a row is too long to export");
	x->count = 0;
	return st;
}

static enum status put_rows(struct export *x, struct db_query *q, struct err *e)
{
	enum status st = STATUS_OK;

	while (!x->gone && (st = db_next(q, e)) == STATUS_OK) {
		contact_row_read(q, x->arena, &x->rows[x->count++]);
		if (x->count < CONTACT_CHUNK)
			continue;
		st = put_chunk(x, e);
		if (st != STATUS_OK)
			return st;
		arena_reset(x->arena);
	}
	if (st != STATUS_NOT_FOUND && st != STATUS_OK)
		return st;
	st = put_chunk(x, e);
	hand_over(x);
	return st;
}

enum status contact_export(struct db *db, const struct conf *conf,
    const struct contact_query *query, const struct actor *actor,
    const char *details, export_write write, void *arg, struct err *e)
{
	struct arena whole, chunk;
	struct db *rows = db_new(conf, false);
	struct db_query *q = NULL;

	arena_init(&whole);
	arena_init(&chunk);
	struct export *x = arena_alloc(&whole, sizeof(*x));

	x->db = db;
	x->arena = &chunk;
	x->write = write;
	x->arg = arg;
	str_init(&x->out, BUFFER_MAX);
	enum status st =
	    audit_add(db, actor, "contacts.export", "contacts", details, e);

	if (st == STATUS_OK)
		st = attribute_store_list(db, &whole, &x->attributes, e);
	if (st == STATUS_OK)
		st = contact_list_store_know_tags(db, &whole, &x->tags, e);
	if (st == STATUS_OK)
		put_header(x);
	if (st == STATUS_OK)
		st = contact_list_store_stream(rows, &whole, query, &q, e);
	if (st == STATUS_OK)
		st = put_rows(x, q, e);
	if (q)
		db_done(q);
	db_free(rows);
	str_release(&x->out);
	arena_release(&chunk);
	arena_release(&whole);
	return st;
}
