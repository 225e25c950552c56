/* import_json.c: an import as JSON */
/* SPDX-License-Identifier: MIT */
#include "domain/import/import_json.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/import/formats.h"
#include "domain/import/inspect.h"
#include "domain/import/map.h"
#include "domain/import/sniff.h"
#include "domain/import/write_rules.h"
#include "domain/jobs/undo.h"
#include "storage/import_optout_store.h"
#include "storage/import_problem_store.h"
#include "storage/import_store.h"
#include "storage/job_store.h"

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	json_key(w, key);
	if (ms == 0) {
		json_put_null(w);
		return;
	}
	clock_format(ms, text);
	json_put_text(w, text);
}

static void put_id(struct json_writer *w, const char *key, struct import_id id)
{
	json_key(w, key);
	if (id.n)
		json_put_int(w, (int64_t)id.n);
	else
		json_put_null(w);
}

static void put_file(struct json_writer *w, const struct import *im)
{
	char delimiter[2] = {im->delimiter, '\0'};

	json_key(w, "file");
	json_open(w, '{');
	json_pair_text(w, "name", im->file_name);
	json_pair_int(w, "bytes", (int64_t)im->bytes);
	json_pair_text(w, "sha256", im->sha256);
	json_pair_text(w, "encoding", encoding_name(im->encoding));
	json_pair_text(w, "delimiter", delimiter);
	/* The checksum is that of the file as it was uploaded. */
	if (im->erased_cells)
		json_pair_int(w, "erased_cells", (int64_t)im->erased_cells);
	json_close(w, '}');
}

static void put_counts(struct json_writer *w, const struct import *im)
{
	json_key(w, "progress");
	json_open(w, '{');
	json_pair_int(w, "done", (int64_t)im->counts.read);
	json_pair_int(w, "total", (int64_t)im->total_rows);
	json_close(w, '}');
	json_key(w, "rows");
	json_open(w, '{');
	json_pair_int(w, "read", (int64_t)im->counts.read);
	json_pair_int(w, "created", (int64_t)im->counts.created);
	json_pair_int(w, "updated", (int64_t)im->counts.updated);
	json_pair_int(w, "unchanged", (int64_t)im->counts.unchanged);
	json_pair_int(w, "skipped", (int64_t)im->counts.skipped);
	json_pair_int(w, "rejected", (int64_t)im->counts.rejected);
	json_close(w, '}');
}

/* {code: count}; a code can be rejecting and skipping, so counts add up. */
static void put_problems(struct json_writer *w, const char *key,
    const struct problem_count *rows, size_t count, bool warnings)
{
	json_key(w, key);
	json_open(w, '{');
	for (size_t i = 0; i < count; i++) {
		if ((rows[i].level == PROBLEM_WARNING) == warnings)
			json_pair_int(
			    w, rows[i].code, (int64_t)rows[i].problems);
	}
	json_close(w, '}');
}

/* {field: in how many rows it changes} */
static void put_changes(
    struct json_writer *w, const struct change_count *rows, size_t count)
{
	json_key(w, "changes");
	json_open(w, '{');
	for (size_t i = 0; i < count; i++)
		json_pair_int(w, rows[i].field, (int64_t)rows[i].rows);
	json_close(w, '}');
}

static void put_refusal(struct json_writer *w, const struct import *im)
{
	json_key(w, "refusal");
	if (str_empty(im->refusal_code)) {
		json_put_null(w);
		return;
	}
	json_open(w, '{');
	json_pair_text(w, "code", im->refusal_code);
	json_pair_text(w, "message", im->refusal_message);
	json_close(w, '}');
}

/* How the API names a column: its header, or its number where that is none,
 * not the only one of its text, or reads as a number. */
static const char *column_key(
    struct arena *a, const struct inspection *found, size_t i)
{
	const char *header = found->columns[i].header;
	unsigned long long number;
	bool plain = *header && !str_to_u64(header, &number);

	for (size_t k = 0; plain && k < found->column_count; k++)
		plain = k == i ||
			!str_equal_nocase(found->columns[k].header, header);
	return plain ? header : arena_printf(a, "%zu", i + 1);
}

static void put_target(struct json_writer *w, const struct import_rules *rules,
    const struct column_target *t)
{
	json_open(w, '{');
	if (t->kind == TARGET_FIELD)
		json_pair_text(w, "to", contact_fields[t->field].key);
	else if (t->kind == TARGET_TAGS)
		json_pair_text(w, "to", "tags");
	else if (t->kind == TARGET_COUNTRY_CODE)
		json_pair_text(w, "to", "country_code");
	else if (t->kind == TARGET_REASON)
		json_pair_text(w, "to", "opt_out_reason");
	else
		json_pair_text(w, "to", t->attribute);
	if (t->kind == TARGET_ATTRIBUTE)
		json_pair_text(w, "type", attribute_types[t->type].key);
	if (t->kind != TARGET_COUNTRY_CODE && t->kind != TARGET_REASON) {
		json_pair_text(
		    w, "write", column_write_word(column_write_of(t)));
		json_pair_text(
		    w, "empty", column_clears(rules, t) ? "clear" : "keep");
	}
	json_close(w, '}');
}

/* As the API takes it; null before the columns are mapped. */
static void put_mapping(
    struct json_writer *w, struct arena *a, const struct import_row *row)
{
	const struct import_format *f = import_format_find(row->head.format);
	struct import_rules rules = {0};
	struct inspection found = {0};
	struct mapping m = {0};

	json_key(w, "mapping");
	if (f)
		rules = f->rules;
	import_rules_parse(a, row->rules, &rules);
	inspect_from_json(a, row->head.columns, &found);
	if (!*row->head.mapping || !map_from_json(a, row->head.mapping, &m) ||
	    m.count != found.column_count) {
		json_put_null(w);
		return;
	}
	json_open(w, '{');
	for (size_t i = 0; i < m.count; i++) {
		json_key(w, column_key(a, &found, i));
		if (m.columns[i].kind == TARGET_NONE ||
		    m.columns[i].kind == TARGET_UNDECIDED)
			json_put_null(w);
		else
			put_target(w, &rules, &m.columns[i]);
	}
	json_close(w, '}');
}

/* People whose opt-out a row would overturn without newer proof. */
static enum status put_optouts(struct json_writer *w, struct db *db,
    struct arena *a, struct import_id id, struct err *e)
{
	struct optin_confirmation c;
	struct optout_people people = {0};
	uint64_t pass = 0;
	enum status st = import_optout_pass(db, id, &pass, e);

	if (st == STATUS_OK)
		st = import_optout_people(db, id, pass, &people, e);
	if (st == STATUS_OK)
		st = import_optin_get(db, a, id, &c, e);
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	json_key(w, "opt_outs");
	json_open(w, '{');
	json_pair_int(w, "people", (int64_t)people.found);
	json_pair_int(w, "kept", (int64_t)people.kept);
	json_key(w, "confirmed");
	if (st == STATUS_OK)
		json_put_int(w, (int64_t)c.people);
	else
		json_put_null(w);
	json_close(w, '}');
	return STATUS_OK;
}

static enum status put_undo(struct json_writer *w, struct db *db,
    struct arena *a, struct import_id id, struct err *e)
{
	struct job_id last;
	struct job job;
	enum status st = undo_last_of_import(db, id, false, &last, e);

	if (st == STATUS_OK)
		st = job_store_get(db, a, last, &job, e);
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	json_key(w, "undo");
	if (st == STATUS_NOT_FOUND) {
		json_put_null(w);
		return STATUS_OK;
	}
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)job.id.n);
	json_pair_text(w, "kind", job.undoes.n ? "redo" : "undo");
	json_pair_text(w, "status", job_states[job.state]);
	json_pair_int(w, "matched", (int64_t)job.counts.matched);
	json_pair_int(w, "seen", (int64_t)job.counts.seen);
	json_pair_int(w, "changed", (int64_t)job.counts.changed);
	json_pair_int(w, "unchanged", (int64_t)job.counts.unchanged);
	json_pair_int(w, "kept", (int64_t)job.counts.kept);
	json_close(w, '}');
	return STATUS_OK;
}

enum status import_json_put(struct json_writer *w, struct db *db,
    struct arena *a, struct import_id id, struct err *e)
{
	struct import_row row;
	struct problem_count *problems;
	struct change_count *changes;
	size_t count, change_count;
	enum status st = import_store_get(db, a, id, &row, e);

	if (st != STATUS_OK)
		return st;
	st = import_problem_counts(db, a, id, &problems, &count, e);
	if (st == STATUS_OK)
		st =
		    import_change_counts(db, a, id, &changes, &change_count, e);
	if (st != STATUS_OK)
		return st;
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)id.n);
	json_pair_text(w, "status", import_state_word(row.head.state));
	json_pair_text(w, "format", row.head.format);
	put_file(w, &row.head);
	put_counts(w, &row.head);
	put_problems(w, "problems", problems, count, false);
	put_problems(w, "warnings", problems, count, true);
	put_changes(w, changes, change_count);
	put_refusal(w, &row.head);
	put_mapping(w, a, &row);
	st = put_optouts(w, db, a, id, e);
	if (st != STATUS_OK)
		return st;
	json_pair_text(w, "segment", row.head.segment);
	put_id(w, "completes", row.head.completes);
	put_id(w, "completed_by", row.head.completed);
	put_time(w, "created_at", row.head.created_at);
	put_time(w, "started_at", row.head.started_at);
	put_time(w, "finished_at", row.head.finished_at);
	put_time(w, "file_deleted_at", row.head.file_deleted_at);
	st = put_undo(w, db, a, id, e);
	json_close(w, '}');
	return st;
}
