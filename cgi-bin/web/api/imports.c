/* imports.c: POST starts an import from a file, GET lists them */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "domain/import/intake.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

#define LIST_MAX 100u
/* Longest Idempotency-Key that the table holds. */
#define KEY_MAX 255u

/* Names of the form's fields that are no rules. */
static const char *const plain_fields[] = {"file", "format", "consent",
    "header", "segment", "tags", "mapping", "last_mapping", "dry_run",
    "channel", "confirm_optins"};

/* Messages at fields, and the code of the first of them. */
struct findings {
	struct str json;
	struct json_writer writer;
	const char *code;
	const char *message;
};

static void findings_init(struct findings *f)
{
	memset(f, 0, sizeof(*f));
	str_init(&f->json, 64 * 1024);
	json_writer_init(&f->writer, &f->json);
	json_open(&f->writer, '{');
}

static void findings_add(struct findings *f, const char *field,
    const char *code, const char *message)
{
	json_pair_text(&f->writer, field, message);
	if (f->code != NULL)
		return;
	f->code = code;
	f->message = message;
}

/* Answers 422 and frees the findings. */
static enum status findings_answer(
    struct request *rq, struct response *rs, struct findings *f)
{
	enum status st;

	json_close(&f->writer, '}');
	st = api_error(rq, rs, 422, f->code, f->message, str_text(&f->json));
	str_release(&f->json);
	return st;
}

static bool field_known(const char *name)
{
	for (size_t i = 0; i < sizeof(plain_fields) / sizeof(*plain_fields);
	     i++) {
		if (str_equal(plain_fields[i], name))
			return true;
	}
	for (const struct rule_info *r = import_rule_infos; r->name; r++) {
		if (str_equal(import_rule_field(r), name))
			return true;
	}
	return false;
}

/* "true" or "false", or nothing when it was not sent. */
static bool read_flag(
    struct request *rq, const char *name, bool *out, struct findings *found)
{
	const char *text = form_trimmed(rq->arena, &rq->form, name);

	*out = false;
	if (str_empty(text))
		return false;
	if (str_equal_nocase(text, "true") || str_equal(text, "1")) {
		*out = true;
		return true;
	}
	if (str_equal_nocase(text, "false") || str_equal(text, "0"))
		return true;
	findings_add(found, name, "value-not-allowed",
	    arena_printf(rq->arena, "%s is true or false.", name));
	return false;
}

/* dry_run, of a request whose fields are checked. */
static bool wants_check(struct request *rq)
{
	const char *text = form_trimmed(rq->arena, &rq->form, "dry_run");

	return str_equal_nocase(text, "true") || str_equal(text, "1");
}

/* How many people's opt-outs the request overturns. */
static uint64_t read_optins(struct request *rq, struct findings *found)
{
	const char *text = form_trimmed(rq->arena, &rq->form, "confirm_optins");
	unsigned long long n = 0;

	if (str_empty(text))
		return 0;
	if (!str_to_u64(text, &n))
		findings_add(found, "confirm_optins", "value-not-allowed",
		    "confirm_optins is the number of people whose opt-outs "
		    "this import overturns.");
	else if (n && wants_check(rq))
		findings_add(found, "confirm_optins", "value-not-allowed",
		    "Nothing is overturned by a dry run: send confirm_optins "
		    "when you start the import.");
	return n;
}

static void read_rules(struct request *rq, struct intake_options *o)
{
	size_t max = sizeof(o->rule_names) / sizeof(*o->rule_names);

	for (const struct rule_info *r = import_rule_infos; r->name; r++) {
		const char *field = import_rule_field(r);
		const char *value = form_find(&rq->form, field);

		if (value == NULL)
			continue;
		if (o->rule_count == max)
			return;
		o->rule_names[o->rule_count] = field;
		o->rule_values[o->rule_count++] = value;
	}
}

static void read_options(
    struct request *rq, struct intake_options *o, struct findings *found)
{
	const struct form *f = &rq->form;
	bool header;

	memset(o, 0, sizeof(*o));
	o->format = form_trimmed(rq->arena, f, "format");
	o->header = "";
	if (read_flag(rq, "header", &header, found))
		o->header = header ? "true" : "false";
	o->segment = form_trimmed(rq->arena, f, "segment");
	o->tags = form_trimmed(rq->arena, f, "tags");
	o->mapping_json = form_find(f, "mapping");
	read_flag(rq, "last_mapping", &o->last_mapping, found);
	o->check_only = wants_check(rq);
	o->confirm_optins = read_optins(rq, found);
	o->idempotency_key = rq->idempotency_key;
	read_rules(rq, o);
}

/* Nobody has to agree to be left in peace. */
static bool needs_no_consent(struct request *rq)
{
	const struct import_format *f =
	    import_format_find(form_trimmed(rq->arena, &rq->form, "format"));

	return f && f->optout;
}

static void check_fields(struct request *rq, struct findings *found)
{
	bool dry_run = false;
	bool consent;

	for (size_t i = 0; i < rq->form.count; i++) {
		const char *name = rq->form.fields[i].name;

		if (!field_known(name))
			findings_add(found, name, "unknown-field",
			    "There is no field of this name.");
	}
	if (!import_channel_known(
		form_trimmed(rq->arena, &rq->form, "channel")))
		findings_add(found, "channel", "value-not-allowed",
		    "WhatsApp is the only channel.");
	if (!rq->file.present)
		findings_add(found, "file", "file-missing",
		    "Send the file as the part \"file\", with a file name.");
	read_flag(rq, "dry_run", &dry_run, found);
	bool confirmed = read_flag(rq, "consent", &consent, found) && consent;

	if (!confirmed && !dry_run && !needs_no_consent(rq))
		findings_add(found, "consent", "consent-missing",
		    "Confirm with consent=true that the people in the file "
		    "have agreed to be contacted and to profiling (GDPR). "
		    "Nothing was imported.");
	if (rq->idempotency_key != NULL &&
	    strlen(rq->idempotency_key) > KEY_MAX)
		findings_add(found, "Idempotency-Key", "value-not-allowed",
		    "The Idempotency-Key has at most 255 characters.");
}

static enum status answer_refusal(
    struct request *rq, struct response *rs, int refusal, const char *text)
{
	int code = refusal == REFUSED_TOO_LARGE ? 413 : 422;

	return api_error(rq, rs, code, problem_infos[refusal].code, text, NULL);
}

static enum status answer_messages(
    struct request *rq, struct response *rs, const struct intake_messages *m)
{
	struct findings found;

	findings_init(&found);
	for (size_t i = 0; i < m->count; i++)
		findings_add(&found, m->items[i].field, "value-not-allowed",
		    m->items[i].text);
	if (m->count == 0)
		found.code = "invalid", found.message = "Not acceptable.";
	return findings_answer(rq, rs, &found);
}

/* All of the mapping's messages stand under "mapping". */
static enum status answer_mapping(
    struct request *rq, struct response *rs, const struct map_messages *m)
{
	const char *text = "";
	struct findings found;
	enum status st;

	for (size_t i = 0; i < m->count; i++) {
		text = arena_printf(rq->arena, "%s%s%s", text,
		    i == 0 ? "" : " ", m->items[i].text);
	}
	findings_init(&found);
	findings_add(&found, "mapping", "mapping-incomplete", text);
	st = findings_answer(rq, rs, &found);
	return st;
}

/* The mapping of the request over the guess, then all of it checked. */
static enum status map_it(struct request *rq, struct import_plan *plan,
    const char *mapping_json, struct map_messages *messages, int *refusal,
    const char **text, struct err *e)
{
	if (!str_empty(mapping_json))
		map_apply_json(rq->arena, mapping_json, &plan->book,
		    plan->header, plan->column_count, &plan->mapping, messages);
	if (messages->count > 0)
		return STATUS_INVALID;
	return plan_map(rq->db, rq->arena, &rq->actor, plan, false, messages,
	    refusal, text, e);
}

static enum status queue_it(struct request *rq, struct response *rs,
    struct import_id id, const struct intake_options *o, struct err *e)
{
	enum status st = STATUS_OK;

	if (o->check_only)
		st = import_check(rq->db, rq->arena, id, e);
	else if (o->confirm_optins)
		st = import_confirm_optins(rq->db, rq->arena, id, &rq->actor,
		    o->confirm_optins, false, e);
	if (st == STATUS_OK && !o->check_only)
		st = import_confirm(
		    rq->db, rq->arena, id, &rq->actor, true, true, e);
	if (st != STATUS_OK && st != STATUS_CONFLICT)
		return st;
	return import_accepted(rq, rs, id);
}

/* Maps and queues a file that was taken in. When it is not acceptable after
 * all, it is taken away again. */
static enum status run_it(struct request *rq, struct response *rs,
    struct import_id id, const struct intake_options *o, struct err *e)
{
	struct import_plan plan;
	struct map_messages messages = {.count = 0};
	int refusal = -1;
	const char *text = "";
	enum status st = plan_load(rq->db, rq->arena, id, &plan, e);

	if (st != STATUS_OK)
		return st;
	/* The same Idempotency-Key once more: of a request that a crash ended
	 * half-way, or of one that was answered. */
	if (plan.row.head.state == IMPORT_MAPPED)
		return queue_it(rq, rs, id, o, e);
	if (plan.row.head.state != IMPORT_UPLOADED)
		return import_accepted(rq, rs, id);
	st = map_it(rq, &plan, o->mapping_json, &messages, &refusal, &text, e);
	if (st == STATUS_INVALID) {
		st = import_discard(rq->db, id, &rq->actor, e);
		if (st != STATUS_OK && st != STATUS_CONFLICT)
			return st;
		if (messages.count == 0 && refusal >= 0)
			return answer_refusal(rq, rs, refusal, text);
		return answer_mapping(rq, rs, &messages);
	}
	/* CONFLICT: another request with the same key was faster. */
	if (st == STATUS_CONFLICT)
		return import_accepted(rq, rs, id);
	if (st != STATUS_OK)
		return st;
	return queue_it(rq, rs, id, o, e);
}

static enum status start(struct request *rq, struct response *rs, struct err *e)
{
	struct intake_options o;
	struct intake_messages messages = {.count = 0};
	struct findings found;
	struct import_id id;
	int refusal = -1;
	const char *text = "";
	enum status st;

	findings_init(&found);
	check_fields(rq, &found);
	read_options(rq, &o, &found);
	if (found.code != NULL)
		return findings_answer(rq, rs, &found);
	str_release(&found.json);
	st = intake_upload(rq->db, rq->arena, &rq->actor, &o, rq->file.name,
	    rq->body_path, rq->file.offset, rq->file.length, &id, &messages,
	    &refusal, &text, e);
	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 422, "idempotency-key-reused",
		    "This Idempotency-Key was used for another request. Send "
		    "a new key.",
		    NULL);
	if (st == STATUS_INVALID && messages.count == 0 && refusal >= 0)
		return answer_refusal(rq, rs, refusal, text);
	if (st == STATUS_INVALID)
		return answer_messages(rq, rs, &messages);
	return st == STATUS_OK ? run_it(rq, rs, id, &o, e) : st;
}

static void put_row(
    struct json_writer *w, struct arena *a, const struct import *im)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)im->id.n);
	json_pair_text(w, "status", import_state_word(im->state));
	json_pair_text(w, "format", im->format);
	json_pair_text(w, "file", im->file_name);
	json_pair_text(
	    w, "url", arena_printf(a, "/api/v1/imports/%" PRIu64, im->id.n));
	json_close(w, '}');
}

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	unsigned long long before = 0, limit = 25;
	struct import_row *rows;
	struct json_writer w;
	size_t count;
	enum status st;

	str_to_u64(form_text(&rq->params, "after"), &before);
	str_to_u64(form_text(&rq->params, "limit"), &limit);
	if (limit < 1 || limit > LIST_MAX)
		limit = LIST_MAX;
	st = import_store_list(rq->db, rq->arena, before, IMPORT_STATE_COUNT,
	    (struct member_id){0}, limit + 1, &rows, &count, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "imports");
	json_open(&w, '[');
	for (size_t i = 0; i < count && i < limit; i++)
		put_row(&w, rq->arena, &rows[i].head);
	json_close(&w, ']');
	json_key(&w, "next");
	if (count > limit)
		json_put_text(&w, arena_printf(rq->arena, "%" PRIu64,
				      rows[limit - 1].head.id.n));
	else
		json_put_null(&w);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_imports(struct request *rq, struct response *rs, struct err *e)
{
	if (rq->method != METHOD_POST)
		return list(rq, rs, e);
	if (!str_starts(str_or_empty(rq->content_type), "multipart/form-data"))
		return api_error(rq, rs, 415, "not-multipart",
		    "Send the file as multipart/form-data.", NULL);
	return start(rq, rs, e);
}
