/* contact_json.c: contacts in the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/contact_json.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "storage/attribute_store.h"
#include "web/api_body.h"

/* --- writing --- */

enum status contact_json_answer(struct request *rq, struct response *rs,
    const struct contact *c, int code, struct err *e)
{
	struct contact_segments *segments;
	struct json_writer w;
	enum status st =
	    contact_list_store_segments(rq->db, rq->arena, c, 1, &segments, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	contact_json_put(&w, c, segments, clock_now());
	return api_ok(rs, code);
}

static const char *problem_code(const struct contact_result *r)
{
	if (r->suppressed)
		return "suppressed";
	if (r->other_privacy_key)
		return "privacy-key";
	if (!r->other.n)
		return "invalid";
	return r->other_in_trash ? "in-trash" : "taken";
}

static const char *problem_text(struct arena *a, const struct contact_result *r)
{
	unsigned long long other = r->other.n;

	if (r->suppressed || r->other_privacy_key)
		return r->messages[0].text;
	if (!other)
		return "A value is not allowed, so nothing was changed.";
	if (r->other_in_trash)
		return arena_printf(a,
		    "Contact %llu in the trash has this value: restore it "
		    "with POST /api/v1/contacts/%llu/restore.",
		    other, other);
	return arena_printf(a, "Contact %llu has this value already.", other);
}

enum status contact_json_in_trash(
    struct request *rq, struct response *rs, int code, const struct contact *c)
{
	unsigned long long id = c->id.n;

	return api_error(rq, rs, code, "in-trash",
	    arena_printf(rq->arena,
		"Contact %llu is in the trash: restore it with POST "
		"/api/v1/contacts/%llu/restore.",
		id, id),
	    NULL);
}

enum status contact_json_problem(struct request *rq, struct response *rs,
    const struct contact_result *result)
{
	struct json_writer w;
	struct str s;
	bool taken = result->other.n != 0;

	str_init(&s, 1 << 20);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	for (size_t i = 0; i < result->message_count; i++)
		json_pair_text(&w,
		    *result->messages[i].field ? result->messages[i].field
					       : "contact",
		    result->messages[i].text);
	if (taken)
		json_pair_int(&w, "other_contact", (int64_t)result->other.n);
	json_close(&w, '}');
	enum status st = api_error(rq, rs,
	    taken || result->suppressed || result->other_privacy_key ? 409
								     : 422,
	    problem_code(result), problem_text(rq->arena, result),
	    str_text(&s));

	str_release(&s);
	return st;
}

enum status contact_json_conflict(struct request *rq, struct response *rs,
    const struct contact_result *r, const char *message, struct err *e)
{
	struct contact_segments *segments;
	struct json_writer w;
	enum status st = contact_list_store_segments(
	    rq->db, rq->arena, &r->contact, 1, &segments, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "error");
	json_open(&w, '{');
	json_pair_text(&w, "code", "conflict");
	json_pair_text(&w, "message", message);
	json_key(&w, "fields");
	json_open(&w, '{');
	for (size_t i = 0; i < r->conflict_count; i++)
		json_pair_text(&w, r->conflicts[i].field,
		    arena_printf(rq->arena, "Was \"%s\", is \"%s\" now.",
			r->conflicts[i].was, r->conflicts[i].now));
	json_close(&w, '}');
	json_close(&w, '}');
	json_key(&w, "current");
	contact_json_put(&w, &r->contact, segments, clock_now());
	json_close(&w, '}');
	return api_ok(rs, 409);
}

/* --- reading --- */

struct reading {
	struct request *rq;
	struct attribute_list book;
	struct json_t *had; /* the contact as it would be answered, or NULL */
	struct contact_draft *out;
	uint64_t *version;
	struct json_writer fields; /* the messages */
	struct str text;
	bool refused;
};

static void refuse(struct reading *r, const char *field, const char *text)
{
	json_pair_text(&r->fields, field, text);
	r->refused = true;
}

static bool read_field(struct reading *r, const char *key, struct json_t *value)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		if (!str_equal(key, contact_fields[i].key))
			continue;
		r->out->value[i] = api_body_text(r->rq->arena, value);
		if (!r->out->value[i])
			refuse(r, key, "This takes a text.");
		/* Who names it, and another value than that of the version
		 * that was read, knows what was there. */
		if (i == FIELD_WHATSAPP_OPTED)
			r->out->optin_confirmed = true;
		return true;
	}
	return false;
}

/* A list of names; false when it is none. */
static bool read_names(struct reading *r, const char *field,
    struct json_t *value, const char ***out, size_t *count)
{
	size_t n = json_type_of(value) == JSON_IS_ARRAY ? json_count(value) : 0;
	bool good = json_type_of(value) == JSON_IS_ARRAY;

	*out = arena_alloc(r->rq->arena, (n + 1) * sizeof(**out));
	*count = 0;
	for (size_t i = 0; good && i < n; i++) {
		(*out)[i] = json_text(json_at(value, i));
		good = (*out)[i] != NULL;
	}
	if (good)
		*count = n;
	else
		refuse(r, field, "This takes a list of names.");
	return good;
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

static bool read_attribute(void *arg, const char *name, struct json_t *value)
{
	struct reading *r = arg;
	const struct attribute *found = find_attribute(r, name);
	struct contact_draft *out = r->out;

	if (!found) {
		refuse(r, arena_printf(r->rq->arena, "attributes.%s", name),
		    "There is no such attribute.");
		return true;
	}
	for (size_t i = 0; i < out->attribute_count; i++)
		if (out->attributes[i].attribute == found) {
			refuse(r,
			    arena_printf(r->rq->arena, "attributes.%s", name),
			    "This attribute is there twice.");
			return true;
		}
	struct draft_attribute *d = &out->attributes[out->attribute_count++];
	const char *text = api_body_text(r->rq->arena, value);

	d->attribute = found;
	d->text = text ? text : json_dump(r->rq->arena, value, false);
	return true;
}

static void read_attributes(struct reading *r, struct json_t *value)
{
	if (json_type_of(value) != JSON_IS_OBJECT) {
		refuse(r, "attributes", "This takes an object.");
		return;
	}
	r->out->attributes = arena_alloc(r->rq->arena,
	    (json_count(value) + 1) * sizeof(*r->out->attributes));
	json_members(value, read_attribute, r);
}

static void read_version(struct reading *r, struct json_t *value)
{
	int64_t n;

	if (r->had && json_int(value, &n) && n > 0)
		*r->version = (uint64_t)n;
	else
		refuse(r, "version",
		    r->had ? "This takes the version that was read."
			   : "A new contact has no version yet.");
}

/* What is not for setting may be sent back as it was read. */
static void read_other(struct reading *r, const char *key, struct json_t *value)
{
	struct arena *a = r->rq->arena;
	struct json_t *had = json_get(r->had, key);

	if (had &&
	    str_equal(json_dump(a, had, true), json_dump(a, value, true)))
		return;
	refuse(r, key,
	    had ? "This cannot be set." : "A contact has no such field.");
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;

	struct contact_draft *out = r->out;

	if (str_equal(key, "tags"))
		out->has_tags =
		    read_names(r, key, value, &out->tags, &out->tag_count);
	else if (str_equal(key, "campaigns"))
		out->has_campaigns = read_names(
		    r, key, value, &out->campaigns, &out->campaign_count);
	else if (str_equal(key, "attributes"))
		read_attributes(r, value);
	else if (str_equal(key, "version"))
		read_version(r, value);
	else if (!read_field(r, key, value))
		read_other(r, key, value);
	return true;
}

/* The contact as its JSON, to compare what is sent back. */
static enum status remember(
    struct reading *r, const struct contact *c, struct err *e)
{
	struct contact_segments *segments;
	struct json_writer w;
	struct str s;
	enum status st = contact_list_store_segments(
	    r->rq->db, r->rq->arena, c, 1, &segments, e);

	if (st != STATUS_OK)
		return st;
	str_init(&s, 8 << 20);
	json_writer_init(&w, &s);
	contact_json_put(&w, c, segments, clock_now());
	st = json_parse(r->rq->arena, str_text(&s), s.len, &r->had, e);
	str_release(&s);
	return st == STATUS_OK ? st : ERR(e, STATUS_FAILED, "broken contact");
}

static struct json_t *parse_object(struct request *rq, struct response *rs)
{
	struct json_t *body;
	struct err why;

	if (!rq->json) {
		api_error(rq, rs, 415, "unsupported-media-type",
		    "Send the contact as application/json.", NULL);
		return NULL;
	}
	if (json_parse(rq->arena, rq->json, rq->json_length, &body, &why) !=
	    STATUS_OK) {
		api_error(rq, rs, 400, "malformed",
		    arena_printf(
			rq->arena, "The body is no JSON: %s", why.message),
		    NULL);
		return NULL;
	}
	if (json_type_of(body) == JSON_IS_OBJECT)
		return body;
	api_error(
	    rq, rs, 400, "malformed", "The body has to be an object.", NULL);
	return NULL;
}

bool contact_json_read(struct request *rq, struct response *rs,
    const struct contact *had, struct contact_draft *out, uint64_t *version,
    enum status *st, struct err *e)
{
	struct reading r = {.rq = rq, .out = out, .version = version};
	struct json_t *body = parse_object(rq, rs);

	*st = STATUS_OK;
	memset(out, 0, sizeof(*out));
	if (!body)
		return false;
	*st = attribute_store_list(rq->db, rq->arena, &r.book, e);
	if (*st == STATUS_OK && had)
		*st = remember(&r, had, e);
	if (*st != STATUS_OK)
		return false;
	str_init(&r.text, 1 << 20);
	json_writer_init(&r.fields, &r.text);
	json_open(&r.fields, '{');
	json_members(body, read_member, &r);
	if (had && !*version && !r.refused)
		refuse(&r, "version",
		    "Send the version of the contact that was read.");
	json_close(&r.fields, '}');
	if (r.refused)
		api_error(rq, rs, 422, "invalid",
		    "A value is not allowed, so nothing was changed.",
		    str_text(&r.text));
	str_release(&r.text);
	return !r.refused;
}
