/* plan.c: a stored import in memory: loaded, read anew, mapped, previewed */
/* SPDX-License-Identifier: MIT */
#include "domain/import/plan.h"

#include "base/str.h"
#include "domain/import/import_audit.h"
#include "domain/import/last_mapping.h"
#include "storage/attribute_store.h"
#include "storage/import_fix_store.h"
#include "storage/import_optout_store.h"

/* --- what an upload does as well --- */

void plan_set_columns(
    struct arena *a, struct import_plan *p, const struct inspection *found)
{
	const char **header =
	    arena_alloc(a, (found->column_count + 1) * sizeof(*header));

	for (size_t i = 0; i < found->column_count; i++)
		header[i] = found->columns[i].header;
	p->columns = found->columns;
	p->column_count = found->column_count;
	p->header = p->row.head.header ? header : NULL;
}

void plan_guess_format(struct arena *a, struct import_plan *p)
{
	const char *reason = "";
	const struct import_format *f = import_formats;

	if (p->header)
		f = import_format_guess(a, p->header, p->column_count, &reason);
	p->guess_format = f->key;
	p->guess_reason = reason;
}

bool plan_rows_refused(
    struct arena *a, const struct import_plan *p, struct refusal *out)
{
	uint64_t rows = p->row.head.total_rows;

	if (p->rules.row_limit_cuts || rows <= p->rules.row_limit)
		return false;
	out->code = REFUSED_TOO_MANY_ROWS;
	out->text = arena_printf(a,
	    "The file has %llu rows of contacts; the limit is %llu. Split it"
	    " and import the parts one after the other.",
	    (unsigned long long)rows, (unsigned long long)p->rules.row_limit);
	return true;
}

bool plan_header_refused(
    struct arena *a, const struct import_plan *p, struct refusal *out)
{
	return map_refuses(a, &p->rules, p->format, &p->book, p->header,
	    p->column_count, &out->code, &out->text);
}

void plan_guess_mapping(struct arena *a, struct import_plan *p)
{
	map_guess(a, p->format, &p->rules, &p->book, p->header, p->column_count,
	    &p->mapping);
	if (!p->header)
		map_guess_list(p->format, p->columns, &p->mapping);
	p->mapped = false;
}

/* --- load --- */

void plan_source(struct db *db, const struct import *i, struct source *out)
{
	*out = (struct source){
	    .db = db,
	    .id = i->id,
	    .length = i->bytes,
	    .encoding = i->encoding,
	    .delimiter = i->delimiter,
	};
}

enum status plan_load(struct db *db, struct arena *a, struct import_id id,
    struct import_plan *out, struct err *e)
{
	struct inspection found;
	enum status st = import_store_get(db, a, id, &out->row, e);

	if (st == STATUS_OK)
		st = attribute_store_list(db, a, &out->book, e);
	if (st != STATUS_OK)
		return st;
	out->fixes = NULL;
	out->columns_new = out->columns_gone = "";
	out->fixes = NULL;
	out->format = import_format_find(out->row.head.format);
	if (!out->format)
		return ERR(e, STATUS_FAILED, "import %llu has format %s",
		    (unsigned long long)id.n, out->row.head.format);
	out->rules = out->format->rules;
	import_rules_parse(a, out->row.rules, &out->rules);
	inspect_from_json(a, out->row.head.columns, &found);
	plan_set_columns(a, out, &found);
	plan_guess_format(a, out);
	out->mapped = *out->row.head.mapping &&
		      map_from_json(a, out->row.head.mapping, &out->mapping) &&
		      out->mapping.count == out->column_count;
	if (out->mapped)
		return STATUS_OK;
	plan_guess_mapping(a, out);
	if (!out->row.head.last_mapping)
		return STATUS_OK;
	const struct actor member = {.member = out->row.head.member};
	bool known;

	return last_mapping_lay(db, a, &member, out, &known, e);
}

enum status plan_load_fixes(
    struct db *db, struct arena *a, struct import_plan *p, struct err *e)
{
	struct fixes *fixes = arena_alloc(a, sizeof(*fixes));
	struct import_fix *items;
	size_t count;
	enum status st = import_fix_list(
	    db, a, p->row.head.id, 0, FIXES_MAX, &items, &count, e);

	if (st == STATUS_OK && count) {
		fixes_index(fixes, a, items, count);
		p->fixes = fixes;
	}
	return st;
}

/* --- change --- */

struct plan_change {
	const struct actor *actor;
	const struct import_row *row;
	enum import_state from;
	bool read_anew; /* the cells are others: no correction is of them */
};

/* The first mapping by who uploaded the file is part of the upload. */
static bool worth_audit(const struct plan_change *c)
{
	return c->from != IMPORT_UPLOADED || c->read_anew ||
	       c->actor->member.n != c->row->head.member.n;
}

/* What was confirmed was confirmed of another mapping or other rules. */
static enum status write_plan(struct db *db, void *arg, struct err *e)
{
	const struct plan_change *c = arg;
	struct import_id id = c->row->head.id;
	enum status st = import_store_update(db, c->row, c->from, e);

	if (st == STATUS_OK)
		st = import_optin_drop(db, id, e);
	if (st == STATUS_OK && c->read_anew)
		st = import_fix_clear(db, id, e);
	if (st == STATUS_OK && worth_audit(c))
		st = import_audit(db, c->actor, "import.changed", id,
		    c->read_anew ? "how the file is read" : "columns and rules",
		    e);
	return st;
}

static enum status store_plan(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, const char *mapping,
    enum import_state to, struct err *e)
{
	struct plan_change change = {
	    actor, &p->row, p->row.head.state, to == IMPORT_UPLOADED};

	p->row.rules = import_rules_json(a, &p->rules);
	p->row.head.format = p->format->key;
	p->row.head.mapping = mapping;
	p->row.head.state = to;
	if (p->format->optout) /* it may have been another format before */
		p->row.head.segment = p->row.head.tags = "";
	return db_transact(db, write_plan, &change, e);
}

static bool is_open(enum import_state s)
{
	return s == IMPORT_UPLOADED || s == IMPORT_MAPPED ||
	       s == IMPORT_CHECKING || s == IMPORT_READY;
}

enum status plan_inspect(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, int *refusal,
    const char **refusal_text, struct err *e)
{
	struct source source;
	struct inspection found;
	struct refusal why = {PROBLEM_CODES, ""};

	*refusal = -1;
	if (!is_open(p->row.head.state))
		return ERR(e, STATUS_CONFLICT, "the import has begun");
	p->row.head.header |= p->rules.fixed_header;
	plan_source(db, &p->row.head, &source);
	enum status st =
	    inspect_file(a, &source, p->row.head.header, &found, &why, e);

	if (st == STATUS_OK) {
		p->row.head.columns = inspect_to_json(a, &found);
		p->row.head.total_rows = found.rows;
		plan_set_columns(a, p, &found);
		plan_guess_format(a, p);
		plan_guess_mapping(a, p);
		if (plan_header_refused(a, p, &why) ||
		    plan_rows_refused(a, p, &why))
			st = STATUS_INVALID;
	}
	if (st == STATUS_OK)
		return store_plan(db, a, actor, p, "", IMPORT_UPLOADED, e);
	*refusal = why.code == PROBLEM_CODES ? -1 : (int)why.code;
	*refusal_text = why.text;
	return st;
}

enum status plan_map(struct db *db, struct arena *a, const struct actor *actor,
    struct import_plan *p, bool ask, struct map_messages *messages,
    int *refusal, const char **refusal_text, struct err *e)
{
	struct refusal why;

	*refusal = -1;
	if (!is_open(p->row.head.state))
		return ERR(e, STATUS_CONFLICT, "the import has begun");
	if (plan_header_refused(a, p, &why) || plan_rows_refused(a, p, &why)) {
		*refusal = (int)why.code;
		*refusal_text = why.text;
		return STATUS_INVALID;
	}
	map_validate(a, p->format, &p->rules, ask, &p->mapping, messages);
	if (messages->count)
		return STATUS_INVALID;
	p->mapped = true;
	return store_plan(
	    db, a, actor, p, map_to_json(a, &p->mapping), IMPORT_MAPPED, e);
}

enum status plan_store_rules(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, struct err *e)
{
	if (!is_open(p->row.head.state) || !p->mapped)
		return ERR(e, STATUS_CONFLICT, "the import is not mapped");
	return store_plan(
	    db, a, actor, p, map_to_json(a, &p->mapping), IMPORT_MAPPED, e);
}

/* --- the first rows --- */

struct preview {
	struct arena *arena;
	struct check_context context;
	const struct fixes *fixes;
	bool header; /* still to be left out */
	struct checked_row *rows;
	size_t count;
	size_t limit;
};

static bool preview_record(void *arg, const struct record *r)
{
	struct preview *p = arg;

	if (p->header) {
		p->header = false;
		return true;
	}
	fixes_check_row(
	    p->arena, p->fixes, &p->context, r, &p->rows[p->count++], NULL);
	return p->count < p->limit;
}

void plan_check_context(const struct import_plan *p, struct check_context *out)
{
	*out = (struct check_context){
	    .rules = &p->rules,
	    .format = p->format,
	    .mapping = &p->mapping,
	    .header = p->header,
	    .columns = p->column_count,
	};
}

enum status plan_preview(struct db *db, struct arena *a,
    const struct import_plan *p, size_t limit, struct checked_row **rows,
    size_t *count, struct err *e)
{
	struct source source;
	struct refusal why;
	struct preview v = {
	    .arena = a,
	    .fixes = p->fixes,
	    .header = p->row.head.header,
	    .rows = arena_alloc(a, limit * sizeof(**rows)),
	    .limit = limit,
	};

	plan_check_context(p, &v.context);
	plan_source(db, &p->row.head, &source);
	enum status st =
	    limit ? source_read(a, &source, preview_record, &v, &why, e)
		  : STATUS_OK;

	*rows = v.rows;
	*count = v.count;
	return st;
}
