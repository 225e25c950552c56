/* optouts.c: numbers and addresses are opted out, through the API */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "domain/privacy/opt_out.h"
#include "web/api_body.h"
#include "web/routes.h"

#define KEYS_MAX 1000u
#define REASON_MAX 400u

struct wanted {
	struct request *rq;
	struct response *rs;
	struct opt_out_key *keys;
	size_t count;
	const char *reason;
	bool answered;
	enum status status;
	struct err *err;
};

static void refuse(struct wanted *w, const char *field, const char *text)
{
	if (!w->answered)
		api_body_problem(w->rq, w->rs, STATUS_INVALID, field, text);
	w->answered = true;
}

/* Every key is read before anything is changed. */
static void read_keys(struct wanted *w, const char *field, enum person_by by,
    const struct json_t *list)
{
	struct arena *a = w->rq->arena;

	if (json_type_of(list) != JSON_IS_ARRAY) {
		refuse(w, field, "A list of texts.");
		return;
	}
	for (size_t i = 0; !w->answered && i < json_count(list); i++) {
		const char *text = json_text(json_at(list, i));

		if (w->count == KEYS_MAX) {
			refuse(w, field,
			    "At most 1,000 at a time: import a file of the "
			    "format optout instead.");
			return;
		}
		if (!text) {
			refuse(w, field, "A list of texts.");
			return;
		}
		w->status = opt_out_find_as(
		    w->rq->db, a, by, text, &w->keys[w->count], w->err);
		if (w->status == STATUS_INVALID)
			refuse(w, field,
			    arena_printf(a, "Number %zu of the list: %s", i + 1,
				w->keys[w->count].message));
		if (w->status != STATUS_OK)
			return;
		w->count++;
	}
}

static void read_member(
    struct wanted *w, const char *key, const struct json_t *value)
{
	if (w->answered || w->status != STATUS_OK)
		return;
	if (str_equal(key, "phones")) {
		read_keys(w, key, PERSON_BY_PHONE, value);
	} else if (str_equal(key, "emails")) {
		read_keys(w, key, PERSON_BY_EMAIL, value);
	} else if (str_equal(key, "reason")) {
		w->reason = json_text(value);
		if (!w->reason || strlen(w->reason) > REASON_MAX)
			refuse(w, key, "A text of at most 400 bytes.");
	} else {
		refuse(w, key, "There is no field of this name.");
	}
}

static bool on_member(void *arg, const char *key, struct json_t *value)
{
	read_member(arg, key, value);
	return true;
}

static enum status answer(
    struct response *rs, const struct opt_out_result *done)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "contacts", (int64_t)done->contacts);
	json_pair_int(&w, "suppressed", (int64_t)done->listed);
	json_pair_int(&w, "unchanged", (int64_t)done->unchanged);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_optouts(struct request *rq, struct response *rs, struct err *e)
{
	struct opt_out_result done = {0};
	struct json_t *body;
	struct wanted w = {.rq = rq, .rs = rs, .reason = "", .err = e};

	if (!api_body_parse(rq, rs, &body))
		return STATUS_OK;
	w.keys = arena_alloc(rq->arena, KEYS_MAX * sizeof(*w.keys));
	json_members(body, on_member, &w);
	if (!w.answered && w.status == STATUS_OK && !w.count)
		refuse(&w, "phones", "Name at least one number or address.");
	if (w.answered)
		return STATUS_OK;
	for (size_t i = 0; w.status == STATUS_OK && i < w.count; i++)
		w.status = opt_out_key(rq->db, rq->arena, &rq->actor,
		    &w.keys[i], w.reason, &done, e);
	if (w.status == STATUS_DENIED)
		return api_error(
		    rq, rs, 503, "privacy-key", SUPPRESSION_OTHER_KEY, NULL);
	return w.status == STATUS_OK ? answer(rs, &done) : w.status;
}
