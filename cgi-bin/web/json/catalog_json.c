/* catalog_json.c: tags, attributes, segments and campaigns in the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/catalog_json.h"

#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/catalog/catalog_job.h"
#include "web/api_body.h"

#define FILTER_CAP (256u << 10)
#define JOB_MS 3000 /* that a request gives a job before it answers */

void catalog_json_tag(
    struct json_writer *w, const struct tag *t, const char *kind, bool counted)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)t->id.n);
	json_pair_text(w, "name", t->name);
	json_pair_text(w, "kind", kind);
	if (counted)
		json_pair_int(w, "contacts", (int64_t)t->contacts);
	json_close(w, '}');
}

void catalog_json_attribute(struct json_writer *w, const struct attribute *t)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)t->id.n);
	json_pair_text(w, "name", t->name);
	json_pair_text(w, "label", t->label);
	json_pair_text(w, "type", attribute_types[t->type].key);
	json_close(w, '}');
}

static void put_count(struct json_writer *w, const struct segment_count *c)
{
	if (c->more || c->unknown || c->broken)
		json_pair_text(w, "contacts", NULL);
	else
		json_pair_int(w, "contacts", (int64_t)c->contacts);
	if (c->more)
		json_pair_int(w, "contacts_more_than", (int64_t)c->contacts);
}

void catalog_json_segment(struct json_writer *w, const struct segment *s,
    const struct segment_count *c)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)s->id.n);
	json_pair_text(w, "name", s->name);
	json_pair_text(w, "kind", s->dynamic ? "dynamic" : "static");
	json_pair_text(w, "filter", s->dynamic ? s->filter : NULL);
	put_count(w, c);
	json_close(w, '}');
}

void catalog_json_campaign(struct json_writer *w, const struct campaign *c)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)c->id.n);
	json_pair_text(w, "name", c->name);
	json_pair_int(w, "contacts", (int64_t)c->contacts);
	json_close(w, '}');
}

/* --- filters --- */

struct filter_text {
	struct arena *arena;
	struct str text;
	const char *problem;
};

static bool add_value(
    struct filter_text *t, const char *name, const struct json_t *v)
{
	const char *text = json_text(v);

	if (json_type_of(v) == JSON_IS_NUMBER ||
	    json_type_of(v) == JSON_IS_BOOL)
		text = json_dump(t->arena, v, false);
	if (!text) {
		t->problem = arena_printf(t->arena,
		    "\"%.200s\" takes a text, or a list of texts.", name);
		return false;
	}
	str_printf(&t->text, "%s%s=%s", t->text.len ? "&" : "",
	    url_escape(t->arena, name), url_escape(t->arena, text));
	return true;
}

static bool add_param(void *arg, const char *key, struct json_t *value)
{
	struct filter_text *t = arg;
	bool good = true;

	if (json_type_of(value) != JSON_IS_ARRAY)
		return add_value(t, key, value);
	for (size_t i = 0; good && i < json_count(value); i++)
		good = add_value(t, key, json_at(value, i));
	return good;
}

const char *catalog_json_filter(
    struct arena *a, const struct json_t *value, const char **problem)
{
	struct filter_text t = {.arena = a, .problem = NULL};
	const char *text = json_text(value);

	if (text)
		return text;
	*problem = "This takes the parameters of a list of contacts: an "
		   "object, or a query string.";
	if (json_type_of(value) != JSON_IS_OBJECT)
		return NULL;
	str_init(&t.text, FILTER_CAP);
	json_members(value, add_param, &t);
	text = arena_strdup(a, str_text(&t.text));
	str_release(&t.text);
	*problem = t.problem;
	return t.problem ? NULL : text;
}

/* --- changes --- */

enum status catalog_json_problem(struct request *rq, struct response *rs,
    const struct catalog_change *c, enum status st)
{
	const char *field = c->problem.field;

	if (!*field)
		return api_error(
		    rq, rs, 409, "conflict", c->problem.text, NULL);
	if (str_equal(field, "new_name"))
		field = "name";
	return api_body_problem(rq, rs, st, field, c->problem.text);
}

void catalog_json_follow(struct request *rq, const struct catalog_change *c)
{
	struct catalog_progress progress;
	struct err ignored;

	if (c->job)
		catalog_job_run(rq->db, c->job, JOB_MS, &progress, &ignored);
}

enum status catalog_json_deleted(struct request *rq, struct response *rs,
    const struct catalog_change *c, enum status st)
{
	struct json_writer w;

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return catalog_json_problem(rq, rs, c, st);
	if (st != STATUS_OK)
		return st;
	catalog_json_follow(rq, c);
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_bool(&w, "deleted", true);
	json_close(&w, '}');
	return api_ok(rs, 200);
}
