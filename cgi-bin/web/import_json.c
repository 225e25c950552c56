/* import_json.c: an import as the API shows it */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/json.h"
#include "domain/import/sniff.h"
#include "web/import_view.h"

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

enum status import_json(struct request *rq, struct import_id id,
    struct response *rs, int code, struct err *e)
{
	struct import_row row;
	struct problem_count *problems;
	struct change_count *changes;
	size_t count, change_count;
	struct json_writer w;
	enum status st = import_store_get(rq->db, rq->arena, id, &row, e);

	if (st != STATUS_OK)
		return st;
	st = import_problem_counts(rq->db, rq->arena, id, &problems, &count, e);
	if (st == STATUS_OK)
		st = import_change_counts(
		    rq->db, rq->arena, id, &changes, &change_count, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "id", (int64_t)id.n);
	json_pair_text(&w, "status", import_state_word(row.head.state));
	json_pair_text(&w, "format", row.head.format);
	put_file(&w, &row.head);
	put_counts(&w, &row.head);
	put_problems(&w, "problems", problems, count, false);
	put_problems(&w, "warnings", problems, count, true);
	put_changes(&w, changes, change_count);
	put_refusal(&w, &row.head);
	json_pair_text(&w, "segment", row.head.segment);
	put_id(&w, "completes", row.head.completes);
	put_id(&w, "completed_by", row.head.completed);
	put_time(&w, "created_at", row.head.created_at);
	put_time(&w, "started_at", row.head.started_at);
	put_time(&w, "finished_at", row.head.finished_at);
	json_close(&w, '}');
	return api_ok(rs, code);
}

enum status import_accepted(
    struct request *rq, struct response *rs, struct import_id id)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "id", (int64_t)id.n);
	json_pair_text(&w, "url",
	    arena_printf(rq->arena, "/api/v1/imports/%" PRIu64, id.n));
	json_close(&w, '}');
	response_header(rq, rs, "Location",
	    arena_printf(rq->arena, "/api/v1/imports/%" PRIu64, id.n));
	return api_ok(rs, 202);
}
