/* last_mapping.c: the mapping that a member used last (formats.md S3) */
/* SPDX-License-Identifier: MIT */
/*
 * A memory is the headers of a file and the target of each column. It is kept
 * by the set of headers, so that files of the same software find theirs, and
 * the newest of all serves a file that no memory was made for.
 */
#include "domain/import/last_mapping.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/import/headers.h"
#include "domain/import/write_rules.h"
#include "storage/mapping_memory_store.h"

#define JSON_CAP (16u << 20)
#define NO_COLUMN SIZE_MAX
/* Headers that are named where a file differs from the last one. */
#define LISTED_MAX 12u

static const char *headers_json(struct arena *a, const struct import_plan *p)
{
	struct str out;
	struct json_writer w;

	str_init(&out, JSON_CAP);
	json_writer_init(&w, &out);
	json_open(&w, '[');
	for (size_t i = 0; p->header && i < p->column_count; i++)
		json_put_text(&w, p->header[i]);
	json_close(&w, ']');
	const char *json = arena_strndup(a, str_text(&out), out.len);

	str_release(&out);
	return json;
}

enum status last_mapping_keep(struct db *db, struct arena *a,
    struct member_id member, const struct import_plan *p, struct err *e)
{
	unsigned char hash[CRYPTO_HASH_BYTES];

	if (!member.n)
		return STATUS_OK;
	headers_hash(a, p->header, p->column_count, hash);
	return mapping_memory_put(db, member, hash, headers_json(a, p),
	    map_to_json(a, &p->mapping), e);
}

/* The remembered headers, folded. */
static const char **fold_headers(struct arena *a, const struct json_t *headers)
{
	size_t n = json_count(headers);
	const char **folded = arena_alloc(a, (n + 1) * sizeof(*folded));

	for (size_t i = 0; i < n; i++)
		folded[i] =
		    utf8_fold(a, str_or_empty(json_text(json_at(headers, i))));
	return folded;
}

/* Which remembered column has this header; NO_COLUMN: none. */
static size_t find_header(
    const char *const *folded, size_t n, const char *header)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(folded[i], header))
			return i;
	return NO_COLUMN;
}

/* An attribute that was created since is now one of the book. */
static struct column_target renew(
    struct column_target t, const struct attribute_list *book)
{
	t.guessed = true;
	if (t.kind != TARGET_ATTRIBUTE)
		return t;
	t.create = true;
	for (size_t i = 0; i < book->count; i++)
		if (str_equal_nocase(book->items[i].name, t.attribute)) {
			t.create = false;
			t.type = book->items[i].type;
		}
	return t;
}

static void lay_over(struct arena *a, const struct json_t *headers,
    const struct mapping *memory, struct import_plan *p)
{
	const char **folded = fold_headers(a, headers);
	size_t n = json_count(headers);

	for (size_t i = 0; i < p->mapping.count; i++) {
		size_t k = i;

		if (p->header)
			k = find_header(folded, n, utf8_fold(a, p->header[i]));
		if (k < memory->count)
			p->mapping.columns[i] =
			    renew(memory->columns[k], &p->book);
		column_write_settle(&p->rules, &p->mapping.columns[i]);
	}
}

/* One more header at the end of the list; the first LISTED_MAX are named. */
static const char *listed(
    struct arena *a, const char *list, size_t count, const char *name)
{
	if (count > LISTED_MAX)
		return list;
	if (count == LISTED_MAX)
		return arena_printf(a, "%s, ...", list);
	return arena_printf(
	    a, "%s%s%s", list, *list ? ", " : "", problem_value(a, name));
}

/* What a file has and the remembered one had not, and the other way round. An
 * added column of errors is neither (S6). */
static void tell_difference(
    struct arena *a, const struct json_t *headers, struct import_plan *p)
{
	const char **folded = fold_headers(a, headers);
	const char **here = arena_alloc(a, p->column_count * sizeof(*here));
	size_t n = json_count(headers);
	size_t count = 0;

	for (size_t i = 0; i < p->column_count; i++) {
		bool added =
		    i + 1 == p->column_count &&
		    headers_end_in_result(a, p->header, p->column_count);

		here[i] = utf8_fold(a, p->header[i]);
		if (!added && find_header(folded, n, here[i]) == NO_COLUMN)
			p->columns_new =
			    listed(a, p->columns_new, count++, p->header[i]);
	}
	count = 0;
	for (size_t i = 0; i < n; i++) {
		const char *name = str_or_empty(json_text(json_at(headers, i)));

		if (find_header(here, p->column_count, folded[i]) == NO_COLUMN)
			p->columns_gone =
			    listed(a, p->columns_gone, count++, name);
	}
}

static enum status find_memory(struct db *db, struct arena *a,
    struct member_id member, const struct import_plan *p, const char **headers,
    const char **mapping, struct err *e)
{
	unsigned char hash[CRYPTO_HASH_BYTES];

	headers_hash(a, p->header, p->column_count, hash);
	enum status st =
	    mapping_memory_get(db, a, member, hash, headers, mapping, e);

	if (st == STATUS_NOT_FOUND)
		st = mapping_memory_get(
		    db, a, member, NULL, headers, mapping, e);
	return st;
}

enum status last_mapping_lay(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, bool *found,
    struct err *e)
{
	const char *headers = "";
	const char *text = "";
	struct json_t *names = NULL;
	struct mapping memory = {0};
	enum status st =
	    find_memory(db, a, actor->member, p, &headers, &text, e);

	*found = false;
	p->columns_new = p->columns_gone = "";
	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (st != STATUS_OK)
		return st;
	if (json_parse(a, headers, strlen(headers), &names, e) != STATUS_OK ||
	    !map_from_json(a, text, &memory))
		return STATUS_OK;
	*found = true;
	lay_over(a, names, &memory, p);
	/* A file with a header after one without: all would be new. */
	if (p->header && json_count(names) > 0)
		tell_difference(a, names, p);
	return STATUS_OK;
}
