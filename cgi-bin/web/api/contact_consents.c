/* contact_consents.c: the ledger of a contact's consents, for programs */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "base/str.h"
#include "domain/consent/consent_json.h"
#include "domain/consent/consent_record.h"
#include "storage/contact_store.h"
#include "web/api_body.h"
#include "web/json/contact_json.h"
#include "web/routes.h"

#define LIMIT 50
#define LIMIT_MAX 200

/* --- reading --- */

/* False when it has answered. */
static bool read_page(struct request *rq, struct response *rs,
    struct ledger_place *place, unsigned long long *limit)
{
	const char *after = form_text(&rq->params, "after");
	const char *text = form_text(&rq->params, "limit");

	*place = ledger_newest;
	*limit = LIMIT;
	if (*after && !ledger_place_read(after, place)) {
		api_error(rq, rs, 400, "malformed",
		    "There is no such place: take `next` of the page before.",
		    NULL);
		return false;
	}
	if (!*text ||
	    (str_to_u64(text, limit) && *limit >= 1 && *limit <= LIMIT_MAX))
		return true;
	api_body_problem(rq, rs, STATUS_INVALID, "limit",
	    "This takes a number from 1 to 200.");
	return false;
}

static enum status list(struct request *rq, struct response *rs,
    const struct contact *c, struct err *e)
{
	struct ledger_place place, next;
	struct consent_entry *entries;
	struct consent_state state;
	unsigned long long limit;
	struct json_writer w;
	size_t n;

	if (!read_page(rq, rs, &place, &limit))
		return STATUS_OK;
	enum status st = consent_ledger_list(rq->db, rq->arena, c->id, &place,
	    (size_t)limit, &entries, &n, &next, e);

	if (st == STATUS_OK)
		st = consent_ledger_state(rq->db, rq->arena, c->id, &state, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "contact", (int64_t)c->id.n);
	json_key(&w, "purposes");
	consent_json_put_state(&w, rq->arena, &state);
	json_key(&w, "consents");
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		consent_json_put(&w, &entries[i]);
	json_close(&w, ']');
	json_pair_text(
	    &w, "next", next.at ? ledger_place_text(rq->arena, &next) : NULL);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

/* --- recording --- */

struct reading {
	struct request *rq;
	struct response *rs;
	struct consent_draft *out;
	bool refused;
};

static bool refuse(struct reading *r, const char *key, const char *text)
{
	api_body_problem(r->rq, r->rs, STATUS_INVALID, key, text);
	r->refused = true;
	return false;
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	const struct {
		const char *key;
		const char **to;
	} texts[] = {
	    {"purpose", &r->out->purpose},
	    {"status", &r->out->status},
	    {"basis", &r->out->basis},
	    {"words", &r->out->words},
	    {"evidence_at", &r->out->evidence_at},
	};

	if (str_equal(key, "confirmed"))
		return json_bool(value, &r->out->confirmed) ||
		       refuse(r, key, "This takes true or false.");
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!str_equal(key, texts[i].key))
			continue;
		if (json_type_of(value) == JSON_IS_NULL)
			return true;
		if (json_type_of(value) != JSON_IS_STRING)
			return refuse(r, key, "This takes a text.");
		*texts[i].to = json_text(value);
		return true;
	}
	return refuse(r, key, "A consent has no such field.");
}

/* False when it has answered. */
static bool read_draft(
    struct request *rq, struct response *rs, struct consent_draft *out)
{
	struct reading r = {.rq = rq, .rs = rs, .out = out};
	struct json_t *body;

	*out = (struct consent_draft){.purpose = "",
	    .status = "",
	    .basis = "",
	    .words = "",
	    .evidence_at = ""};
	if (!api_body_parse(rq, rs, &body))
		return false;
	json_members(body, read_member, &r);
	return !r.refused;
}

static enum status record(struct request *rq, struct response *rs,
    const struct contact *c, struct err *e)
{
	struct contact_result result;
	struct consent_entry entry;
	struct consent_draft draft;
	struct json_writer w;

	if (!read_draft(rq, rs, &draft))
		return STATUS_OK;
	enum status st = consent_record(
	    rq->db, rq->arena, &rq->actor, c->id, &draft, &result, &entry, e);

	if (st == STATUS_CONFLICT && result.in_trash)
		return contact_json_in_trash(rq, rs, 404, &result.contact);
	if (st == STATUS_INVALID)
		return contact_json_problem(rq, rs, &result);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	consent_json_put(&w, &entry);
	return api_ok(rs, 201);
}

enum status api_contact_consents(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct contact c;
	enum status st = contact_store_get(rq->db, rq->arena, id, false, &c, e);

	if (st != STATUS_OK)
		return st;
	if (c.trashed_at)
		return contact_json_in_trash(rq, rs, 404, &c);
	return rq->method == METHOD_POST ? record(rq, rs, &c, e)
					 : list(rq, rs, &c, e);
}
