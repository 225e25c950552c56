/* import_view.c: imports as the pages and the API show them */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_view.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/country.h"
#include "base/log.h"
#include "base/phone.h"
#include "domain/consent/consent_proof.h"
#include "domain/import/formats.h"
#include "domain/import/import_audit.h"
#include "domain/import/sniff.h"

static const char *const state_texts[IMPORT_STATE_COUNT] = {
    [IMPORT_UPLOADING] = "Uploading",
    [IMPORT_UPLOADED] = "Columns to be matched",
    [IMPORT_MAPPED] = "To be checked",
    [IMPORT_CHECKING] = "Being checked",
    [IMPORT_READY] = "Waiting for consent",
    [IMPORT_QUEUED] = "Waiting to start",
    [IMPORT_RUNNING] = "Running",
    [IMPORT_PAUSED] = "Paused",
    [IMPORT_DONE] = "Done",
    [IMPORT_FAILED] = "Failed",
    [IMPORT_CANCELLED] = "Cancelled",
    [IMPORT_REFUSED] = "Refused",
    [IMPORT_UNDOING] = "Being undone",
    [IMPORT_UNDONE] = "Undone",
    [IMPORT_REDOING] = "Undo being undone",
};

/* Which badge of the templates a state has. */
static const char *state_kind(const struct import *im)
{
	switch (im->state) {
	case IMPORT_UPLOADING:
	case IMPORT_CHECKING:
	case IMPORT_QUEUED:
	case IMPORT_RUNNING:
	case IMPORT_UNDOING:
	case IMPORT_REDOING:
		return "busy";
	case IMPORT_UPLOADED:
	case IMPORT_MAPPED:
	case IMPORT_READY:
	case IMPORT_PAUSED:
		return "warn";
	case IMPORT_DONE:
		return im->counts.rejected == 0 ? "good" : "warn";
	case IMPORT_FAILED:
	case IMPORT_REFUSED:
		return "bad";
	case IMPORT_CANCELLED:
	case IMPORT_UNDONE:
	case IMPORT_STATE_COUNT:
		break;
	}
	return "plain";
}

/* Not by the colour of its badge alone. */
static const char *outcome_text(const struct import *im)
{
	const struct import_counts *c = &im->counts;

	if (im->state != IMPORT_DONE || c->rejected == 0)
		return state_texts[im->state];
	return c->created + c->updated + c->unchanged ? "Done, some in error"
						      : "Done, none got in";
}

const char *import_state_text(enum import_state s)
{
	return s < IMPORT_STATE_COUNT ? state_texts[s] : "";
}

bool import_state_active(enum import_state s)
{
	return s == IMPORT_QUEUED || s == IMPORT_RUNNING;
}

bool import_state_busy(enum import_state s)
{
	return import_state_active(s) || s == IMPORT_UNDOING ||
	       s == IMPORT_REDOING;
}

bool import_state_ended(enum import_state s)
{
	return s == IMPORT_DONE || s == IMPORT_FAILED ||
	       s == IMPORT_CANCELLED || s == IMPORT_REFUSED ||
	       s == IMPORT_UNDOING || s == IMPORT_UNDONE || s == IMPORT_REDOING;
}

bool import_state_open(enum import_state s)
{
	return s == IMPORT_UPLOADED || s == IMPORT_MAPPED ||
	       s == IMPORT_CHECKING || s == IMPORT_READY;
}

const char *import_next_page(struct arena *a, const struct import *im)
{
	const char *step = "";

	if (im->state == IMPORT_UPLOADED)
		step = "/mapping";
	else if (im->state == IMPORT_MAPPED || im->state == IMPORT_CHECKING ||
		 im->state == IMPORT_READY)
		step = "/review";
	return arena_printf(a, "/imports/%" PRIu64 "%s", im->id.n, step);
}

const char *bytes_text(struct arena *a, uint64_t bytes)
{
	double mega = (double)bytes / 1048576;

	if (bytes < 1024)
		return arena_printf(a, "%" PRIu64 " bytes", bytes);
	if (bytes < 1048576)
		return arena_printf(a, "%.1f kB", (double)bytes / 1024);
	if (bytes % 1048576 == 0)
		return arena_printf(a, "%.0f MB", mega);
	return arena_printf(a, "%.1f MB", mega);
}

/* "Read": "4,182", "Read.Number": "4182". */
static void put_count(struct node *n, const char *name, uint64_t value)
{
	node_set_count(n, name, value);
	node_set_int(node_child(n, name), "Number", (int64_t)value);
}

static const char *const encoding_labels[ENCODING_COUNT] = {
    [ENCODING_UTF8] = "UTF-8",
    [ENCODING_UTF16LE] = "UTF-16 (little-endian)",
    [ENCODING_UTF16BE] = "UTF-16 (big-endian)",
    [ENCODING_WINDOWS1252] = "Windows-1252 (Western Europe)",
};

const char *encoding_label(enum encoding e)
{
	return encoding_labels[e];
}

static void fill_file(struct arena *a, struct node *n, const struct import *im)
{
	const struct import_format *f = import_format_find(im->format);

	node_set(n, "Format", im->format);
	node_set(n, "FormatLabel", f == NULL ? im->format : f->label);
	node_set_flag(n, "OptOut", f != NULL && f->optout);
	node_set(n, "File", im->file_name);
	node_set(n, "Bytes", bytes_text(a, im->bytes));
	if (im->completes.n)
		node_set_int(n, "Completes", (int64_t)im->completes.n);
	if (im->completed.n)
		node_set_int(n, "CompletedBy", (int64_t)im->completed.n);
	node_set(n, "Checksum", im->sha256);
	node_set(n, "Encoding", encoding_labels[im->encoding]);
	node_set(n, "Delimiter", delimiter_name(im->delimiter));
	node_set_flag(n, "Header", im->header);
	node_set(n, "Segment", im->segment);
	node_set(n, "Tags", im->tags);
	node_set(n, "Member", im->member_name);
}

static void fill_counts(struct node *n, const struct import *im)
{
	uint64_t total = im->total_rows;
	uint64_t done = im->counts.read;

	put_count(n, "Total", total);
	put_count(n, "Read", done);
	put_count(n, "Created", im->counts.created);
	put_count(n, "Updated", im->counts.updated);
	put_count(n, "Unchanged", im->counts.unchanged);
	put_count(n, "Skipped", im->counts.skipped);
	put_count(n, "Rejected", im->counts.rejected);
	put_count(n, "InBook",
	    im->counts.created + im->counts.updated + im->counts.unchanged);
	put_count(n, "NotIn", im->counts.skipped + im->counts.rejected);
	if (done > total)
		done = total;
	node_set_int(
	    n, "Percent", total == 0 ? 0 : (int64_t)(done * 100 / total));
}

void import_fill(
    struct arena *a, struct node *n, const struct import *im, int64_t now)
{
	node_set_int(n, "Id", (int64_t)im->id.n);
	node_set(n, "State", import_state_word(im->state));
	node_set(n, "StateText", outcome_text(im));
	node_set(n, "StateKind", state_kind(im));
	node_set_flag(n, "Began", im->started_at != 0);
	node_set_flag(n, "Active", import_state_active(im->state));
	node_set_flag(n, "Busy", import_state_busy(im->state));
	node_set_flag(n, "Ended", import_state_ended(im->state));
	node_set_flag(n, "Open", import_state_open(im->state));
	node_set(n, "Next", import_next_page(a, im));
	fill_file(a, n, im);
	fill_counts(n, im);
	node_set_time(n, "CreatedAt", im->created_at, now);
	node_set_time(n, "StartedAt", im->started_at, now);
	node_set_time(n, "FinishedAt", im->finished_at, now);
	node_set_time(n, "FileDeletedAt", im->file_deleted_at, now);
	if (im->erased_cells)
		node_set_int(n, "ErasedCells", (int64_t)im->erased_cells);
	node_set(n, "RefusalCode", im->refusal_code);
	node_set(n, "RefusalMessage", im->refusal_message);
}

/* What a user can do about a file that was refused as a whole. */
static const struct {
	enum problem_code code;
	const char *ways[3];
} refusal_ways[] = {
    {REFUSED_EMPTY_FILE,
	{"Open the file and look whether it has a row below its header.",
	    "Export it again from where it comes, and choose the new file."}},
    {REFUSED_TOO_LARGE,
	{"Split the file into smaller ones, each with the header row, and "
	 "import them one after the other.",
	    "An administrator can raise the limit in the settings."}},
    {REFUSED_TOO_MANY_ROWS,
	{"Split the file into smaller ones, each with the header row, and "
	 "import them one after the other.",
	    "Choose another format that takes more rows."}},
    {REFUSED_NOT_TEXT,
	{"In a spreadsheet choose \"Save as\" and the type \"CSV UTF-8\", "
	 "then choose that file here."}},
    {REFUSED_ENCODING,
	{"Choose another encoding where the file is already uploaded.",
	    "Save the file again as \"CSV UTF-8\" and choose that file."}},
    {REFUSED_HEADER_ORDER,
	{"Put the columns into the order of the format's sample file.",
	    "Choose the Generic format, which takes columns in any order."}},
    {REFUSED_ATTRIBUTE_TYPE_UNKNOWN,
	{"Correct the type in the column's header and choose the file "
	 "again."}},
    {REFUSED_ATTRIBUTE_TYPE_CONFLICT,
	{"Write the attribute's own type into the column's header, or give "
	 "the column another name, and choose the file again."}},
    {REFUSED_UNTERMINATED_QUOTE,
	{"Open the file in a text editor, go to that line and close or "
	 "remove the quotation mark.",
	    "If the file has another delimiter, choose it where the file is "
	    "already uploaded."}},
};

void import_fill_refusal(struct view *v, int code, const char *message)
{
	struct node *n = node_child(view_root(v), "Refusal");

	if (code < 0 || code >= PROBLEM_CODES)
		return;
	node_set(n, "Code", problem_infos[code].code);
	node_set(n, "Title", problem_infos[code].title);
	node_set(n, "Message", message);
	for (size_t i = 0; i < sizeof(refusal_ways) / sizeof(*refusal_ways);
	     i++) {
		if ((int)refusal_ways[i].code != code)
			continue;
		for (size_t k = 0; k < 3 && refusal_ways[i].ways[k]; k++) {
			node_set(node_add(n, "Way"), "Text",
			    refusal_ways[i].ways[k]);
		}
	}
}

/* "1000000" for a person: "1,000,000". */
static const char *thousands(struct arena *a, const char *digits)
{
	size_t n = strlen(digits);
	char *out = arena_alloc(a, n + n / 3 + 1);
	char *p = out;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			*p++ = ',';
		*p++ = digits[i];
	}
	return out;
}

/* "name,phone" for a person: "name, phone number". */
static const char *required_text(struct arena *a, const char *value)
{
	static const char *const words[][2] = {{"name", "name"},
	    {"phone", "phone number"}, {"email", "e-mail"},
	    {"country_code", "country code"},
	    {"phone_or_email", "phone number or e-mail"}};
	const char *text = "";

	while (*value != '\0') {
		size_t n = strcspn(value, ",");

		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
			if (strlen(words[i][0]) == n &&
			    memcmp(words[i][0], value, n) == 0)
				text = arena_printf(a, "%s%s%s", text,
				    *text == '\0' ? "" : ", ", words[i][1]);
		}
		value += n + strspn(value + n, ", ");
	}
	return text;
}

const char *rule_value_text(
    struct arena *a, const struct rule_info *info, const char *value)
{
	if (str_empty(value))
		return "none";
	for (size_t i = 0; info->values != NULL && info->values[i] != NULL;
	     i++) {
		if (str_equal(info->values[i], value))
			return info->value_labels[i];
	}
	if (str_equal(info->name, "row_limit"))
		return thousands(a, value);
	if (str_equal(info->name, "required"))
		return required_text(a, value);
	if (str_equal(info->name, "size_limit")) {
		unsigned long long n;
		if (str_to_u64(value, &n))
			return bytes_text(a, n);
	}
	return arena_strdup(a, value);
}

void import_fill_rules(struct arena *a, struct node *n,
    const struct import_format *f, const struct import_rules *rules)
{
	for (const struct rule_info *r = import_rule_infos; r->name != NULL;
	     r++) {
		struct node *row = node_add(n, "Rules");
		const char *value = import_rule_get(a, rules, r->name);
		const char *own = import_rule_get(a, &f->rules, r->name);

		node_set(row, "Name", r->name);
		node_set(row, "Label", r->label);
		node_set(row, "Value", rule_value_text(a, r, value));
		node_set_flag(row, "Changed", !str_equal(value, own));
	}
}

void paragraphs_fill(
    struct arena *a, struct node *n, const char *list, const char *text)
{
	while (*text != '\0') {
		const char *end = strstr(text, "\n\n");
		size_t len = end == NULL ? strlen(text) : (size_t)(end - text);

		if (len > 0)
			node_set(node_add(n, list), "Text",
			    arena_strndup(a, text, len));
		text += len;
		while (*text == '\n')
			text++;
	}
}

void countries_fill(struct arena *a, struct node *root, const char *chosen)
{
	for (const struct country *c = countries; c->code != NULL; c++) {
		unsigned code = phone_calling_code(c->code);
		struct node *n;

		if (code == 0)
			continue;
		n = node_add(root, "Countries");
		node_set(n, "Value", c->code);
		node_set(
		    n, "Label", arena_printf(a, "%s (+%u)", c->name, code));
		node_set_flag(n, "Chosen", str_equal(c->code, chosen));
	}
}

void import_fill_limit(struct node *n, const struct import_plan *p)
{
	uint64_t rows = p->row.head.total_rows;
	uint64_t limit = p->rules.row_limit;

	if (p->rules.row_limit_cuts && rows > limit) {
		put_count(n, "CutOff", rows - limit);
		put_count(n, "CutLimit", limit);
		rows = limit;
	}
	put_count(n, "ToImport", rows);
}

enum status import_row_load(
    struct request *rq, struct import_row *row, struct err *e)
{
	struct import_id id = {rq->path_id};

	return import_store_get(rq->db, rq->arena, id, row, e);
}

enum status import_fill_name(
    struct request *rq, struct node *n, uint64_t id, struct err *e)
{
	struct import_row row;
	struct import_id key = {id};
	enum status st = import_store_get(rq->db, rq->arena, key, &row, e);

	if (st != STATUS_OK)
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	node_set(n, "File", row.head.file_name);
	node_set_time(n, "At", row.head.created_at, clock_now());
	return STATUS_OK;
}

enum status import_open_load(struct request *rq, struct response *rs,
    struct import_plan *plan, bool *gone, struct err *e)
{
	struct import_row row;
	enum status st = import_row_load(rq, &row, e);

	*gone = false;
	if (st != STATUS_OK)
		return st;
	if (!import_state_open(row.head.state)) {
		*gone = true;
		return response_redirect(
		    rq, rs, import_next_page(rq->arena, &row.head));
	}
	return plan_load(rq->db, rq->arena, row.head.id, plan, e);
}

enum status import_file_there(struct request *rq, struct response *rs,
    const struct import *im, struct err *e)
{
	char when[32];

	if (!im->file_deleted_at)
		return STATUS_OK;
	clock_format(im->file_deleted_at, when);
	when[strcspn(when, "T")] = '\0';
	rs->code = 410;
	rs->message = arena_printf(rq->arena,
	    "The file of this import was deleted on %s by the retention rule. "
	    "Its numbers, and what it did to contacts, are still there.",
	    when);
	return ERR(e, STATUS_NOT_FOUND, "the file is deleted");
}

static bool sink_response(void *arg, const char *p, size_t n)
{
	struct response *rs = arg;

	response_write(rs, p, n);
	return !rs->gone;
}

/* Notes the download in the audit log and sends its head; *body is false when
 * the body is not wanted. */
static enum status begin_download(struct request *rq, struct response *rs,
    const struct import *im, const char *suffix, bool *body, struct err *e)
{
	const char *name = im->file_name;
	enum status st = STATUS_OK;

	if (suffix != NULL)
		name = arena_printf(
		    rq->arena, "import-%" PRIu64 "-%s.csv", im->id.n, suffix);

	*body = !rq->head;
	if (*body)
		st = import_audit(rq->db, &rq->actor, "import.downloaded",
		    im->id, suffix ? suffix : "original", e);
	if (st == STATUS_OK)
		response_begin(rq, rs, "text/csv", name);
	return st;
}

/* The head is sent: a failure cuts the file short, so that it shows. */
static enum status end_download(struct response *rs, const struct import *im,
    enum status st, const struct err *e)
{
	if (st != STATUS_OK && !rs->gone)
		log_error(
		    "download of import %" PRIu64 ": %s", im->id.n, e->message);
	return rs->gone ? STATUS_OK : st;
}

enum status import_download(struct request *rq, struct response *rs,
    result_file what, const char *suffix, struct err *e)
{
	struct import_row row;
	bool body = false;
	enum status st = import_row_load(rq, &row, e);

	if (st == STATUS_OK)
		st = import_file_there(rq, rs, &row.head, e);
	if (st == STATUS_OK)
		st = begin_download(rq, rs, &row.head, suffix, &body, e);
	if (st != STATUS_OK || !body)
		return st;
	st = what(rq->db, row.head.id, sink_response, rs, e);
	return end_download(rs, &row.head, st, e);
}

/* It comes of the tables: the uploaded file may be gone. */
enum status import_download_consents(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_row row;
	bool body = false;
	enum status st = import_row_load(rq, &row, e);

	if (st == STATUS_OK)
		st = begin_download(rq, rs, &row.head, "consents", &body, e);
	if (st != STATUS_OK || !body)
		return st;
	st = consent_proof_import(rq->db, row.head.id, sink_response, rs, e);
	return end_download(rs, &row.head, st, e);
}

/* Rows of one outcome, or with a finding of one code. */
static enum status download_rows(struct request *rq, struct response *rs,
    const char *word,
    enum status (*rows)(struct db *db, struct import_id id, const char *word,
	file_sink sink, void *arg, struct err *e),
    struct err *e)
{
	struct import_row row;
	bool body = false;
	enum status st = import_row_load(rq, &row, e);

	if (st == STATUS_OK)
		st = import_file_there(rq, rs, &row.head, e);
	if (st == STATUS_OK)
		st = begin_download(rq, rs, &row.head, word, &body, e);
	if (st != STATUS_OK || !body)
		return st;
	st = rows(rq->db, row.head.id, word, sink_response, rs, e);
	return end_download(rs, &row.head, st, e);
}

enum status import_download_outcome(
    struct request *rq, struct response *rs, const char *outcome, struct err *e)
{
	return download_rows(rq, rs, outcome, result_outcome, e);
}

enum status import_download_code(
    struct request *rq, struct response *rs, const char *code, struct err *e)
{
	return download_rows(rq, rs, code, result_code, e);
}
