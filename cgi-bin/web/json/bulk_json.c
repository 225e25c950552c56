/* bulk_json.c: bulk changes in the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/bulk_json.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "storage/attribute_store.h"
#include "storage/job_store.h"
#include "web/api_body.h"

#define FIELDS_MAX (1u << 20)
#define KEY_MAX 255u

/* --- reading --- */

struct reading {
	struct request *rq;
	struct attribute_list book;
	struct bulk_request *out;
	bool *dry_run;
	struct filter_param *params;
	struct str text; /* the messages */
	struct json_writer fields;
	bool refused;
};

static void refuse(struct reading *r, const char *field, const char *text)
{
	json_pair_text(&r->fields, field, text);
	r->refused = true;
}

static void add_param(struct reading *r, const char *name, struct json_t *value)
{
	const char *text = api_body_text(r->rq->arena, value);

	if (!text)
		refuse(r, arena_printf(r->rq->arena, "filter.%s", name),
		    "This takes a text, or a list of texts.");
	else
		r->params[r->out->filter_count++] =
		    (struct filter_param){name, text};
}

static size_t values_in(const struct json_t *v)
{
	return json_type_of(v) == JSON_IS_ARRAY ? json_count(v) : 1;
}

static bool count_param(void *arg, const char *key, struct json_t *value)
{
	(void)key;
	*(size_t *)arg += values_in(value);
	return true;
}

/* Parameters that make a page of a list: who sends one means fewer contacts
 * than all that match. */
static bool is_of_page(const char *key)
{
	return str_equal(key, "limit") || str_equal(key, "after") ||
	       str_equal(key, "before");
}

static bool read_param(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;

	if (is_of_page(key))
		refuse(r, arena_printf(r->rq->arena, "filter.%s", key),
		    "A change is of all that match, not of one page: "
		    "leave this out.");
	else if (json_type_of(value) != JSON_IS_ARRAY)
		add_param(r, key, value);
	else
		for (size_t i = 0; i < json_count(value); i++)
			add_param(r, key, json_at(value, i));
	return true;
}

static void read_filter(struct reading *r, struct json_t *value)
{
	size_t room = 1;

	if (json_type_of(value) != JSON_IS_OBJECT) {
		refuse(r, "filter",
		    "This takes an object of the parameters "
		    "that a list of contacts has.");
		return;
	}
	json_members(value, count_param, &room);
	r->params = arena_alloc(r->rq->arena, room * sizeof(*r->params));
	r->out->filter = r->params;
	json_members(value, read_param, r);
}

static void read_tags(struct reading *r, struct json_t *value)
{
	size_t n = json_count(value);
	bool texts = json_type_of(value) == JSON_IS_ARRAY;

	r->out->tags =
	    arena_alloc(r->rq->arena, (n + 1) * sizeof(*r->out->tags));
	for (size_t i = 0; texts && i < n; i++) {
		const char *name = json_text(json_at(value, i));
		size_t length = name ? strlen(name) : 0;

		texts = name != NULL;
		if (!name)
			break;
		utf8_trim(&name, &length);
		r->out->tags[r->out->tag_count++] =
		    arena_strndup(r->rq->arena, name, length);
	}
	if (!texts)
		refuse(r, "tags", "This takes a list of names.");
}

static const struct attribute *find_attribute(
    struct reading *r, const char *name)
{
	const char *folded = utf8_fold(r->rq->arena, name);

	for (size_t i = 0; i < r->book.count; i++)
		if (str_equal(
			folded, utf8_fold(r->rq->arena, r->book.items[i].name)))
			return &r->book.items[i];
	return NULL;
}

static bool is_twice(const struct reading *r, const struct attribute *found)
{
	const struct contact_draft *d = &r->out->values;

	for (size_t i = 0; i < d->attribute_count; i++)
		if (d->attributes[i].attribute == found)
			return true;
	return false;
}

static bool read_attribute(void *arg, const char *name, struct json_t *value)
{
	struct reading *r = arg;
	struct contact_draft *d = &r->out->values;
	const struct attribute *found = find_attribute(r, name);
	const char *text = api_body_text(r->rq->arena, value);

	if (!found || is_twice(r, found)) {
		refuse(r,
		    arena_printf(r->rq->arena, "values.attributes.%s", name),
		    found ? "This attribute is there twice."
			  : "There is no such attribute.");
		return true;
	}
	d->attributes[d->attribute_count].attribute = found;
	d->attributes[d->attribute_count++].text =
	    text ? text : json_dump(r->rq->arena, value, false);
	return true;
}

static void read_attributes(struct reading *r, struct json_t *value)
{
	if (json_type_of(value) != JSON_IS_OBJECT) {
		refuse(r, "values.attributes", "This takes an object.");
		return;
	}
	r->out->values.attributes = arena_alloc(r->rq->arena,
	    (json_count(value) + 1) * sizeof(*r->out->values.attributes));
	json_members(value, read_attribute, r);
}

static bool read_value(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	const char *field = arena_printf(r->rq->arena, "values.%s", key);
	int i = 0;

	if (str_equal(key, "attributes")) {
		read_attributes(r, value);
		return true;
	}
	while (i < FIELD_COUNT && !str_equal(key, contact_fields[i].key))
		i++;
	if (i == FIELD_COUNT) {
		refuse(r, field, "A contact has no such field.");
		return true;
	}
	r->out->values.value[i] = api_body_text(r->rq->arena, value);
	if (!r->out->values.value[i])
		refuse(r, field, "This takes a text.");
	return true;
}

static void read_values(struct reading *r, struct json_t *value)
{
	if (json_type_of(value) == JSON_IS_OBJECT)
		json_members(value, read_value, r);
	else
		refuse(r, "values", "This takes an object of fields.");
}

static void read_text(
    struct reading *r, const char *key, struct json_t *value, const char **out)
{
	const char *text = json_text(value);
	size_t n = text ? strlen(text) : 0;

	if (!text) {
		refuse(r, key, "This takes a text.");
		return;
	}
	utf8_trim(&text, &n);
	*out = arena_strndup(r->rq->arena, text, n);
}

static void read_flag(
    struct reading *r, const char *key, struct json_t *value, bool *out)
{
	if (!json_bool(value, out))
		refuse(r, key, "This is true or false.");
}

static void read_overturn(struct reading *r, struct json_t *value)
{
	int64_t n;

	if (json_int(value, &n) && n >= 0)
		r->out->overturn = (uint64_t)n;
	else
		refuse(r, "overturn_opt_outs",
		    "This takes the number of the people who opted out and "
		    "whose consent is to change.");
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	struct bulk_request *out = r->out;

	if (str_equal(key, "filter"))
		read_filter(r, value);
	else if (str_equal(key, "all"))
		read_flag(r, key, value, &out->all);
	else if (str_equal(key, "action"))
		read_text(r, key, value, &out->action);
	else if (str_equal(key, "tags"))
		read_tags(r, value);
	else if (str_equal(key, "make_tags"))
		read_flag(r, key, value, &out->make_tags);
	else if (str_equal(key, "values"))
		read_values(r, value);
	else if (str_equal(key, "campaign"))
		read_text(r, key, value, &out->campaign);
	else if (str_equal(key, "segment"))
		read_text(r, key, value, &out->segment);
	else if (str_equal(key, "how"))
		read_text(r, key, value, &out->how);
	else if (str_equal(key, "overturn_opt_outs"))
		read_overturn(r, value);
	else if (str_equal(key, "dry_run"))
		read_flag(r, key, value, r->dry_run);
	else
		refuse(r, key, "This is not known here.");
	return true;
}

static struct json_t *parse_object(struct request *rq, struct response *rs)
{
	struct json_t *body;
	struct err why;

	if (!rq->json) {
		api_error(rq, rs, 415, "unsupported-media-type",
		    "Send an object as application/json.", NULL);
		return NULL;
	}
	if (json_parse(rq->arena, rq->json, rq->json_length, &body, &why) ==
		STATUS_OK &&
	    json_type_of(body) == JSON_IS_OBJECT)
		return body;
	api_error(rq, rs, 400, "malformed", "The body has to be a JSON object.",
	    NULL);
	return NULL;
}

static void read_key(struct reading *r)
{
	const struct request *rq = r->rq;
	char *hash = arena_alloc(rq->arena, CRYPTO_HASH_HEX);

	if (str_empty(rq->idempotency_key))
		return;
	if (strlen(rq->idempotency_key) > KEY_MAX)
		refuse(r, "Idempotency-Key",
		    "The Idempotency-Key has at most 255 characters.");
	crypto_sha256_hex(rq->json, rq->json_length, hash);
	r->out->idempotency_key = rq->idempotency_key;
	r->out->request_hash = hash;
}

bool bulk_json_read(struct request *rq, struct response *rs,
    struct bulk_request *out, bool *dry_run, enum status *st, struct err *e)
{
	struct reading r = {.rq = rq, .out = out, .dry_run = dry_run};
	struct json_t *body = parse_object(rq, rs);

	*st = STATUS_OK;
	*dry_run = false;
	memset(out, 0, sizeof(*out));
	out->action = "";
	out->make_tags = true;
	if (!body)
		return false;
	*st = attribute_store_list(rq->db, rq->arena, &r.book, e);
	if (*st != STATUS_OK)
		return false;
	str_init(&r.text, FIELDS_MAX);
	json_writer_init(&r.fields, &r.text);
	json_open(&r.fields, '{');
	json_members(body, read_member, &r);
	read_key(&r);
	if (!json_get(body, "filter"))
		refuse(&r, "filter", "Say which contacts are meant.");
	json_close(&r.fields, '}');
	if (r.refused)
		api_error(rq, rs, 422, "invalid",
		    "Something is not understood, so nothing was changed.",
		    str_text(&r.text));
	str_release(&r.text);
	return !r.refused;
}

/* --- writing --- */

enum status bulk_json_problem(
    struct request *rq, struct response *rs, const struct bulk_check *check)
{
	struct json_writer w;
	struct str s;

	str_init(&s, FIELDS_MAX);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	for (size_t i = 0; i < check->message_count; i++)
		json_pair_text(
		    &w, check->messages[i].field, check->messages[i].text);
	json_close(&w, '}');
	enum status st = api_error(
	    rq, rs, 422, "invalid", check->messages[0].text, str_text(&s));

	str_release(&s);
	return st;
}

static void put_example(struct json_writer *w, const struct bulk_example *ex)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)ex->contact.id.n);
	json_key(w, "changes");
	json_open(w, '[');
	for (size_t i = 0; i < ex->count; i++) {
		json_open(w, '{');
		json_pair_text(w, "field", ex->differences[i].label);
		json_pair_text(w, "old", ex->differences[i].old);
		json_pair_text(w, "new", ex->differences[i].now);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_pair_text(w, "kept", ex->kept);
	json_close(w, '}');
}

enum status bulk_json_check(
    struct request *rq, struct response *rs, const struct bulk_check *check)
{
	struct json_writer w;

	(void)rq;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_bool(&w, "dry_run", true);
	json_pair_int(&w, "matched", (int64_t)check->matched);
	json_pair_int(&w, "opted_out", (int64_t)check->opted_out);
	json_key(&w, "examples");
	json_open(&w, '[');
	for (size_t i = 0; i < check->example_count; i++)
		put_example(&w, &check->examples[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

static void put_id(struct json_writer *w, const char *key, uint64_t id)
{
	json_key(w, key);
	if (id)
		json_put_int(w, (int64_t)id);
	else
		json_put_null(w);
}

static void put_job(struct json_writer *w, const struct job *job)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)job->id.n);
	json_pair_text(w, "kind", job_kinds[job->kind]);
	json_pair_text(w, "status", job_states[job->state]);
	json_pair_text(w, "action", *job->action ? job->action : NULL);
	json_pair_text(w, "filter", job->filter);
	json_pair_int(w, "matched", (int64_t)job->counts.matched);
	json_pair_int(w, "done", (int64_t)job->counts.seen);
	json_pair_int(w, "changed", (int64_t)job->counts.changed);
	json_pair_int(w, "unchanged", (int64_t)job->counts.unchanged);
	json_pair_int(w, "kept", (int64_t)job->counts.kept);
	json_pair_text(w, "message", *job->message ? job->message : NULL);
	put_id(w, "undoes", job->undoes.n);
	put_id(w, "undoes_import", job->import.n);
	put_id(w, "undone_by", job->undone_by.n);
	put_time(w, "created_at", job->created_at);
	put_time(w, "started_at", job->started_at);
	put_time(w, "finished_at", job->finished_at);
	json_close(w, '}');
}

enum status bulk_json_job(struct request *rq, struct response *rs,
    struct job_id id, int code, struct err *e)
{
	struct json_writer w;
	struct job job;
	enum status st = job_store_get(rq->db, rq->arena, id, &job, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	put_job(&w, &job);
	return api_ok(rs, code);
}

enum status bulk_json_accepted(
    struct request *rq, struct response *rs, struct job_id id)
{
	const char *url =
	    arena_printf(rq->arena, "/api/v1/bulk/%" PRIu64, id.n);
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "id", (int64_t)id.n);
	json_pair_text(&w, "url", url);
	json_close(&w, '}');
	response_header(rq, rs, "Location", url);
	return api_ok(rs, 202);
}
