/* privacy_json.c: people and erasures in the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/privacy_json.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/privacy/suppression.h"
#include "web/api_body.h"

#define DATA_CAP (1u << 20) /* bytes about a key that nobody has */
#define ONE_KEY                                                                \
	"Give one of phone, email, user_id, wa_user_id, username or id, and "  \
	"nothing else."

/* --- what is asked by --- */

static enum person_by by_of(const char *key)
{
	int i = 0;

	while (i < PERSON_BYS && !str_equal(person_bys[i], key))
		i++;
	return (enum person_by)i;
}

static bool refuse_key(struct request *rq, struct response *rs, const char *key)
{
	api_body_problem(rq, rs, STATUS_INVALID, key, ONE_KEY);
	return false;
}

bool privacy_question_params(
    struct request *rq, struct response *rs, struct privacy_question *out)
{
	const struct form *f = &rq->params;

	if (f->count != 1)
		return refuse_key(
		    rq, rs, f->count ? f->fields[1].name : "phone");
	out->by = by_of(f->fields[0].name);
	out->value = f->fields[0].value;
	return out->by != PERSON_BYS || refuse_key(rq, rs, f->fields[0].name);
}

struct reading {
	struct arena *arena;
	struct privacy_question *out;
	const char *wrong;
	size_t count;
};

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	int64_t id;

	r->wrong = key;
	r->out->by = by_of(key);
	r->out->value = json_text(value);
	if (r->out->by == PERSON_BY_ID && json_int(value, &id))
		r->out->value = arena_printf(r->arena, "%lld", (long long)id);
	if (r->out->by == PERSON_BYS || !r->out->value || r->count++)
		return false;
	r->wrong = NULL;
	return true;
}

bool privacy_question_body(
    struct request *rq, struct response *rs, struct privacy_question *out)
{
	struct json_t *body;
	struct reading r = {rq->arena, out, "phone", 0};

	if (!api_body_parse(rq, rs, &body))
		return false;
	json_members(body, read_member, &r);
	return !r.wrong || refuse_key(rq, rs, r.wrong);
}

/* --- answers --- */

/* Who it may be: the number of the contact and its name, so that somebody can
 * choose. */
static void put_candidates(
    struct json_writer *w, const struct person_found *found)
{
	json_key(w, "candidates");
	json_open(w, '[');
	for (size_t i = 0; i < found->count; i++) {
		const struct contact *c = &found->people[i].contact;

		json_open(w, '{');
		json_pair_int(w, "id", (int64_t)c->id.n);
		json_pair_text(w, "name", c->value[FIELD_NAME]);
		json_pair_text(w, "phone", c->value[FIELD_PHONE]);
		json_pair_text(w, "email", c->value[FIELD_EMAIL]);
		json_pair_bool(w, "in_trash", c->trashed_at != 0);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static enum status refuse_several(
    struct request *rq, struct response *rs, const struct person_found *found)
{
	struct json_writer w;

	(void)rq;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "error");
	json_open(&w, '{');
	json_pair_text(&w, "code", "several");
	json_pair_text(&w, "message",
	    "Several people have this: ask again with the id of one of them.");
	json_close(&w, '}');
	put_candidates(&w, found);
	json_close(&w, '}');
	return api_ok(rs, 409);
}

/* --- nobody has it --- */

static bool keep_piece(void *arg, const void *p, size_t n)
{
	struct str *out = arg;

	str_add(out, p, n);
	return !out->full;
}

/* What stands of it in files and events. *count: how many rows and events. */
static enum status look_elsewhere(struct request *rq,
    const struct privacy_question *q, const struct person_found *found,
    struct str *out, uint64_t *count, struct err *e)
{
	const struct person nobody = {.contact = {.id = {0}}};
	struct person_keys keys = {.row_count = 0};
	enum suppression_kind kind;

	*count = 0;
	if (!person_by_kind(q->by, &kind) || !*found->value)
		return STATUS_OK;
	person_keys_add(rq->arena, &keys, kind, found->value);
	return person_data_write(rq->db, &nobody, &keys, PERSON_DATA_ASKED_MS,
	    keep_piece, out, count, e);
}

static const char *nobody_text(
    struct arena *a, const struct suppression *s, uint64_t elsewhere)
{
	const char *text =
	    !s->listed ? "Nobody in the book has this."
	    : s->reason == SUPPRESSION_ERASED
		? "Nobody has this any more: the person was erased."
		: "Nobody has this, and who had it has opted out.";

	return elsewhere
		   ? arena_printf(a,
			 "%s But it stands in kept files or events of "
			 "WhatsApp (%llu times): see \"data\". An erasure of "
			 "it takes that away.",
			 text, (unsigned long long)elsewhere)
		   : text;
}

struct nobody {
	struct suppression listed;
	struct person_found former;
	struct str data;
	uint64_t elsewhere;
};

static void put_nobody(
    struct request *rq, struct response *rs, const struct nobody *n)
{
	const char *text = nobody_text(rq->arena, &n->listed, n->elsewhere);
	struct json_writer w;

	if (n->former.count)
		text = arena_printf(rq->arena,
		    "%s Contacts that had it before stand under "
		    "\"candidates\".",
		    text);
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "error");
	json_open(&w, '{');
	json_pair_text(&w, "code", "not-found");
	json_pair_text(&w, "message", text);
	json_close(&w, '}');
	if (n->former.count)
		put_candidates(&w, &n->former);
	if (n->elsewhere && !n->data.full) {
		json_key(&w, "data");
		json_put_raw(&w, str_text(&n->data));
	}
	json_close(&w, '}');
}

static enum status refuse_nobody(struct request *rq, struct response *rs,
    const struct privacy_question *q, const struct person_found *found,
    struct err *e)
{
	struct nobody n = {.elsewhere = 0};
	enum status st =
	    erase_listed(rq->db, rq->arena, q->by, found->value, &n.listed, e);

	str_init(&n.data, DATA_CAP);
	if (st == STATUS_OK)
		st = look_elsewhere(rq, q, found, &n.data, &n.elsewhere, e);
	if (st == STATUS_OK)
		st = person_find_former(
		    rq->db, rq->arena, q->by, found->value, &n.former, e);
	if (st == STATUS_OK && !n.elsewhere && !n.former.count)
		st = api_error(rq, rs, 404, "not-found",
		    nobody_text(rq->arena, &n.listed, 0), NULL);
	else if (st == STATUS_OK) {
		put_nobody(rq, rs, &n);
		st = api_ok(rs, 404);
	}
	str_release(&n.data);
	return st;
}

enum status privacy_json_refuse(struct request *rq, struct response *rs,
    const struct privacy_question *question, enum status st,
    const struct person_found *found, struct err *e)
{
	if (st == STATUS_INVALID)
		return api_body_problem(rq, rs, STATUS_INVALID,
		    person_bys[question->by], found->message);
	if (st == STATUS_DENIED)
		return api_error(
		    rq, rs, 409, "privacy-key", SUPPRESSION_OTHER_KEY, NULL);
	if (st == STATUS_CONFLICT)
		return refuse_several(rq, rs, found);
	if (st == STATUS_NOT_FOUND)
		return refuse_nobody(rq, rs, question, found, e);
	return st;
}

struct download {
	struct request *rq;
	struct response *rs;
	const struct person *person;
};

/* The head goes out with the first bytes: a failure before is a clear answer.
 */
static bool write_piece(void *arg, const void *p, size_t n)
{
	struct download *d = arg;

	if (!d->rs->streaming)
		response_begin(d->rq, d->rs, "application/json",
		    arena_printf(d->rq->arena, "contact-%llu.json",
			(unsigned long long)d->person->contact.id.n));
	response_write(d->rs, p, n);
	return !d->rs->gone;
}

enum status privacy_download(struct request *rq, struct response *rs,
    const struct person *p, struct err *e)
{
	struct download d = {rq, rs, p};

	return person_data_write(
	    rq->db, p, NULL, PERSON_DATA_FILE_MS, write_piece, &d, NULL, e);
}

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

enum status privacy_json_erasure(struct request *rq, struct response *rs,
    const struct erase_result *r, int code)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "id", (int64_t)r->id);
	json_pair_text(&w, "status", r->done ? "done" : "running");
	json_pair_text(&w, "url",
	    arena_printf(rq->arena, "/api/v1/privacy/erasures/%llu",
		(unsigned long long)r->id));
	json_key(&w, "contact");
	if (r->contact)
		json_put_int(&w, (int64_t)r->contact);
	else
		json_put_null(&w);
	json_key(&w, "erased");
	json_open(&w, '{');
	for (int i = 0; i < ERASED_COUNT; i++)
		json_pair_int(&w, erased_infos[i].key, (int64_t)r->counts[i]);
	json_close(&w, '}');
	json_key(&w, "waits_for_imports");
	json_open(&w, '[');
	for (size_t i = 0; i < r->waits_count; i++)
		json_put_int(&w, (int64_t)r->waits_for[i]);
	json_close(&w, ']');
	put_time(&w, "created_at", r->created_at);
	put_time(&w, "finished_at", r->finished_at);
	json_close(&w, '}');
	return api_ok(rs, code);
}
