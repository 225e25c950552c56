/* book.c: what an import needs to know of the book while it runs */
/* SPDX-License-Identifier: MIT */
#include "domain/import/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/import/row_key.h"
#include "storage/setting_store.h"
#include "storage/tag_store.h"

/* From here on, ids of no row. */
#define NO_ROW (UINT64_C(1) << 62)

void book_init(struct book *b)
{
	*b = (struct book){0};
	arena_init(&b->arena);
}

void book_release(struct book *b)
{
	arena_release(&b->arena);
	free(b->tags);
	free(b->by_name);
	free(b->import_tags);
	*b = (struct book){0};
}

static size_t slot(const struct book *b, const char *folded)
{
	size_t i = (size_t)key_hash('t', folded) & (b->by_name_size - 1);

	while (b->by_name[i] &&
	       !str_equal(b->tags[b->by_name[i] - 1].folded, folded))
		i = (i + 1) & (b->by_name_size - 1);
	return i;
}

static void index_again(struct book *b)
{
	b->by_name_size = b->by_name_size ? b->by_name_size * 2 : 256;
	free(b->by_name);
	b->by_name = xcalloc(b->by_name_size, sizeof(*b->by_name));
	for (size_t i = 0; i < b->tag_count; i++)
		b->by_name[slot(b, b->tags[i].folded)] = (uint32_t)i + 1;
}

static void add_tag(struct book *b, uint64_t id, const char *name)
{
	if (b->tag_count == b->tag_space) {
		b->tag_space = b->tag_space ? b->tag_space * 2 : 64;
		b->tags = xrealloc(b->tags, b->tag_space * sizeof(*b->tags));
	}
	struct tag_entry *t = &b->tags[b->tag_count++];

	t->id = id;
	t->name = arena_strdup(&b->arena, name);
	t->folded = utf8_fold(&b->arena, name);
	if (b->tag_count * 2 > b->by_name_size)
		index_again(b);
	else
		b->by_name[slot(b, t->folded)] = (uint32_t)b->tag_count;
}

enum status book_load(struct book *b, struct db *db, struct err *e)
{
	struct arena scratch;
	struct tag *rows = NULL;
	size_t n = 0;

	arena_reset(&b->arena);
	b->tag_count = 0;
	if (b->by_name)
		memset(b->by_name, 0, b->by_name_size * sizeof(*b->by_name));
	arena_init(&scratch);
	enum status st =
	    tag_store_list(db, &scratch, "tag", false, &rows, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		add_tag(b, rows[i].id.n, rows[i].name);
	arena_release(&scratch);
	return st;
}

const struct tag_entry *book_find_tag(
    struct book *b, struct arena *scratch, const char *name)
{
	if (!b->tag_count)
		return NULL;
	size_t i = slot(b, utf8_fold(scratch, name));

	return b->by_name[i] ? &b->tags[b->by_name[i] - 1] : NULL;
}

const char *book_tag_name(const struct book *b, uint64_t id)
{
	for (size_t i = 0; i < b->tag_count; i++)
		if (b->tags[i].id == id)
			return b->tags[i].name;
	return "";
}

enum status book_ensure_tag(struct book *b, struct db *db,
    struct arena *scratch, const char *name, uint64_t *id, struct err *e)
{
	const struct tag_entry *known = book_find_tag(b, scratch, name);
	struct tag_id made = {0};

	if (known) {
		*id = known->id;
		return STATUS_OK;
	}
	enum status st = STATUS_OK;

	if (b->check_only)
		made.n = NO_ROW + b->tag_count;
	else
		st = tag_store_ensure(db, "tag", name, &made, e);
	if (st == STATUS_OK) {
		add_tag(b, made.n, name);
		*id = made.n;
	}
	return st;
}

enum status book_load_for(struct book *b, struct db *db, struct arena *scratch,
    const char *tags, struct err *e)
{
	const char *trash = "";
	enum status st = book_load(b, db, e);

	if (st == STATUS_OK)
		st = setting_get(db, scratch, "trash.import", &trash, e);
	b->skips_trash = str_equal(trash, "skip");
	while (st == STATUS_OK && *tags) {
		size_t n = strcspn(tags, "|");
		const char *name = tags;
		size_t length = n;

		tags += n + (tags[n] == '|');
		utf8_trim(&name, &length);
		if (!length)
			continue;
		b->import_tags = xrealloc(b->import_tags,
		    (b->import_tag_count + 1) * sizeof(*b->import_tags));
		st = book_ensure_tag(b, db, scratch,
		    arena_strndup(scratch, name, length),
		    &b->import_tags[b->import_tag_count], e);
		b->import_tag_count += st == STATUS_OK;
	}
	return st;
}
