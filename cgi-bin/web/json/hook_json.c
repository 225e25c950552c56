/* hook_json.c: outgoing webhooks in the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/hook_json.h"

#include "base/clock.h"
#include "base/str.h"
#include "web/api_body.h"

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

static void put_events(struct json_writer *w, unsigned events)
{
	json_key(w, "events");
	json_open(w, '[');
	for (int i = 0; i < HOOK_EVENTS; i++)
		if (events & (unsigned)hook_events[i].event)
			json_put_text(w, hook_events[i].word);
	json_close(w, ']');
}

void hook_json_put(
    struct json_writer *w, const struct hook *h, bool with_secret)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)h->id.n);
	json_pair_text(w, "url", h->url);
	json_pair_text(w, "description", h->description);
	put_events(w, h->events);
	json_pair_bool(w, "during_imports", h->during_imports);
	json_pair_bool(w, "active", h->active);
	json_pair_text(w, "off_reason", *h->off_reason ? h->off_reason : NULL);
	put_time(w, "failing_since", h->failing_since);
	put_time(w, "delivered_at", h->delivered_at);
	put_time(w, "created_at", h->created_at);
	put_time(w, "updated_at", h->updated_at);
	if (with_secret)
		json_pair_text(w, "secret", h->secret);
	json_close(w, '}');
}

enum status hook_json_answer(
    struct response *rs, const struct hook *h, bool with_secret, int code)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	hook_json_put(&w, h, with_secret);
	return api_ok(rs, code);
}

/* --- reading --- */

struct reading {
	struct arena *arena;
	struct hook *hook;
	struct json_t *had; /* as it would be answered; NULL for a new one */
	struct hook_problem problem;
};

static bool refuse(struct reading *r, const char *field, const char *text)
{
	r->problem = (struct hook_problem){field, text};
	return false;
}

static bool read_events(struct reading *r, struct json_t *value)
{
	if (json_type_of(value) != JSON_IS_ARRAY)
		return refuse(r, "events", "This takes a list of events.");
	r->hook->events = 0;
	for (size_t i = 0; i < json_count(value); i++) {
		unsigned event =
		    hook_event_of(str_or_empty(json_text(json_at(value, i))));

		if (!event)
			return refuse(r, "events",
			    "The events are contact.changed, "
			    "contact.opted_out and import.finished.");
		r->hook->events |= event;
	}
	return true;
}

static bool read_text(
    struct reading *r, const char *key, const char **out, struct json_t *value)
{
	const char *text = json_text(value);

	if (!text)
		return refuse(r, key, "This takes a text.");
	*out = text;
	return true;
}

static bool read_flag(
    struct reading *r, const char *key, bool *out, struct json_t *value)
{
	return json_bool(value, out) ||
	       refuse(r, key, "This takes true or false.");
}

static bool read_other(struct reading *r, const char *key, struct json_t *value)
{
	struct json_t *had = json_get(r->had, key);

	if (had && str_equal(json_dump(r->arena, had, true),
		       json_dump(r->arena, value, true)))
		return true;
	return refuse(r, key,
	    had ? "This cannot be set." : "A webhook has no such field.");
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;

	if (str_equal(key, "url"))
		return read_text(r, key, &r->hook->url, value);
	if (str_equal(key, "description"))
		return read_text(r, key, &r->hook->description, value);
	if (str_equal(key, "events"))
		return read_events(r, value);
	if (str_equal(key, "during_imports"))
		return read_flag(r, key, &r->hook->during_imports, value);
	if (str_equal(key, "active"))
		return read_flag(r, key, &r->hook->active, value);
	return read_other(r, key, value);
}

/* What is there already, to compare what is sent back. */
static void remember(struct reading *r, const struct hook *had)
{
	struct json_writer w;
	struct str s;

	str_init(&s, 1 << 16);
	json_writer_init(&w, &s);
	hook_json_put(&w, had, false);
	json_parse(r->arena, str_text(&s), s.len, &r->had, NULL);
	str_release(&s);
}

bool hook_json_read(struct request *rq, struct response *rs,
    const struct hook *had, struct hook *h)
{
	struct reading r = {.arena = rq->arena, .hook = h};
	struct json_t *body;

	if (!api_body_parse(rq, rs, &body))
		return false;
	if (had)
		remember(&r, had);
	json_members(body, read_member, &r);
	if (!r.problem.text)
		return true;
	hook_json_problem(rq, rs, &r.problem);
	return false;
}

enum status hook_json_problem(
    struct request *rq, struct response *rs, const struct hook_problem *p)
{
	return api_body_problem(
	    rq, rs, STATUS_INVALID, *p->field ? p->field : "webhook", p->text);
}

enum status hook_json_off(struct request *rq, struct response *rs)
{
	return api_error(rq, rs, 409, "webhook-off",
	    "The webhook is off: switch it on first.", NULL);
}

/* --- deliveries --- */

static void put_number(struct json_writer *w, const char *key, uint64_t n)
{
	json_key(w, key);
	if (n)
		json_put_int(w, (int64_t)n);
	else
		json_put_null(w);
}

static void put_attempt(struct json_writer *w, const struct hook_attempt *t)
{
	json_key(w, "last_attempt");
	if (!t->number) {
		json_put_null(w);
		return;
	}
	json_open(w, '{');
	json_pair_int(w, "number", (int64_t)t->number);
	put_time(w, "at", t->at);
	json_pair_int(w, "ms", t->ms);
	put_number(w, "code", (uint64_t)t->code);
	json_pair_text(w, "error", *t->error ? t->error : NULL);
	json_pair_text(w, "response", t->response);
	json_close(w, '}');
}

void hook_json_put_delivery(
    struct json_writer *w, const struct hook_delivery *d)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)d->id);
	json_pair_text(w, "delivery", d->uid);
	json_pair_text(w, "event", d->event);
	json_pair_text(w, "status", hook_delivery_states[d->state]);
	json_pair_int(w, "attempts", (int64_t)d->attempts);
	put_time(w, "next_at", d->next_at);
	put_number(w, "again_of", d->again_of);
	put_time(w, "created_at", d->created_at);
	put_attempt(w, &d->last);
	if (*d->body) {
		json_key(w, "body");
		json_put_raw(w, d->body);
	}
	json_close(w, '}');
}

enum status hook_json_sent(struct request *rq, struct response *rs,
    struct hook_id hook, uint64_t delivery)
{
	struct json_writer w;
	const char *url =
	    arena_printf(rq->arena, "/api/v1/hooks/%llu/deliveries/%llu",
		(unsigned long long)hook.n, (unsigned long long)delivery);

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "id", (int64_t)delivery);
	json_pair_text(&w, "url", url);
	json_close(&w, '}');
	response_header(rq, rs, "Location", url);
	return api_ok(rs, 202);
}
