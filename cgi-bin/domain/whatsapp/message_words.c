/* message_words.c: a message of WhatsApp as a person reads it */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/message_words.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"

#define PARTS_MAX 20u /* cards, items or answers that are shown */
#define TEXT_MAX 4000u

struct saying {
	struct arena *arena;
	const struct message *message;
	const struct json_t *part; /* of the body: body[type] */
	const struct json_t *body;
	struct str text;
};

static const char *text_of(const struct json_t *v, const char *key)
{
	return str_or_empty(json_get_text(v, key));
}

/* Appends a piece with `between` before it, unless it is the first. */
static void say(struct saying *s, const char *between, const char *piece)
{
	if (!*piece)
		return;
	if (s->text.len)
		str_addz(&s->text, between);
	str_addz(&s->text, piece);
}

/* A number or text of a value, as it stands. */
static const char *plain(struct saying *s, const struct json_t *v)
{
	enum json_type t = json_type_of(v);

	if (t == JSON_IS_STRING)
		return json_text(v);
	return t == JSON_IS_NUMBER || t == JSON_IS_BOOL
		   ? json_dump(s->arena, v, false)
		   : "";
}

/* --- what each type says --- */

static void say_location(struct saying *s)
{
	const char *lat = plain(s, json_get(s->part, "latitude"));
	const char *lon = plain(s, json_get(s->part, "longitude"));

	say(s, "", text_of(s->part, "name"));
	say(s, ", ", text_of(s->part, "address"));
	if (*lat && *lon)
		say(s, " ", arena_printf(s->arena, "(%s, %s)", lat, lon));
}

static const char *card(struct saying *s, const struct json_t *c)
{
	const struct json_t *name = json_get(c, "name");
	const struct json_t *phone = json_at(json_get(c, "phones"), 0);
	const struct json_t *email = json_at(json_get(c, "emails"), 0);
	const char *text = text_of(name, "formatted_name");
	const char *reach = text_of(phone, "phone");

	if (!*text)
		text = text_of(name, "first_name");
	if (!*reach)
		reach = text_of(email, "email");
	return *text && *reach ? arena_printf(s->arena, "%s, %s", text, reach)
	       : *text	       ? text
			       : reach;
}

static void say_contacts(struct saying *s)
{
	for (size_t i = 0; i < json_count(s->part) && i < PARTS_MAX; i++)
		say(s, "; ", card(s, json_at(s->part, i)));
}

static void say_order(struct saying *s)
{
	const struct json_t *items = json_get(s->part, "product_items");

	for (size_t i = 0; i < json_count(items) && i < PARTS_MAX; i++) {
		const struct json_t *item = json_at(items, i);

		say(s, "; ",
		    arena_printf(s->arena, "%s × %s, %s %s",
			plain(s, json_get(item, "quantity")),
			plain(s, json_get(item, "product_retailer_id")),
			plain(s, json_get(item, "item_price")),
			text_of(item, "currency")));
	}
	say(s, ": ", text_of(s->part, "text"));
}

static bool say_answer(void *arg, const char *key, struct json_t *value)
{
	struct saying *s = arg;
	const char *text = plain(s, value);

	if (!str_equal(key, "flow_token") && *text)
		say(s, "; ", arena_printf(s->arena, "%s: %s", key, text));
	return s->text.len < TEXT_MAX;
}

/* The answers of a form, which come as a JSON text of their own. */
static void say_form(struct saying *s, const struct json_t *reply)
{
	const char *json = text_of(reply, "response_json");
	struct json_t *answers;
	struct err ignored;

	if (json_parse(s->arena, json, strlen(json), &answers, &ignored) ==
	    STATUS_OK)
		json_members(answers, say_answer, s);
	if (!s->text.len)
		say(s, "", text_of(reply, "body"));
}

static void say_interactive(struct saying *s)
{
	const struct json_t *list = json_get(s->part, "list_reply");
	const struct json_t *form = json_get(s->part, "nfm_reply");

	if (form) {
		say_form(s, form);
		return;
	}
	say(s, "", text_of(list, "title"));
	say(s, ": ", text_of(list, "description"));
}

static void say_document(struct saying *s)
{
	say(s, "", text_of(s->part, "filename"));
	say(s, ": ", text_of(s->part, "caption"));
}

static void say_error(struct saying *s)
{
	const struct json_t *error = json_at(json_get(s->body, "errors"), 0);
	const char *details = text_of(json_get(error, "error_data"), "details");

	say(s, "", *details ? details : text_of(error, "title"));
}

/* --- the kinds --- */

static const struct kind {
	const char *type;
	const char *label;
	void (*say)(struct saying *s); /* NULL: the message's text */
} kinds[] = {
    {"text", "", NULL},
    {"image", "photo", NULL},
    {"video", "video", NULL},
    {"audio", "sound", NULL},
    {"document", "document", say_document},
    {"sticker", "sticker", NULL},
    {"location", "location", say_location},
    {"contacts", "contact card", say_contacts},
    {"button", "button", NULL},
    {"interactive", "answer", say_interactive},
    {"reaction", "reaction", NULL},
    {"order", "order", say_order},
    {"system", "notice of WhatsApp", NULL},
    {"request_welcome", "opened the chat", NULL},
    {"revoke", "deleted a message", NULL},
    {"edit", "changed a message", NULL},
    {"unsupported", "of a kind that WhatsApp does not pass on", say_error},
    {"unknown", "of a kind that WhatsApp does not pass on", say_error},
};

static const struct kind *kind_of(const char *type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_equal(kinds[i].type, type))
			return &kinds[i];
	return NULL;
}

/* Where the type alone does not say enough. */
static const char *label_of(const struct saying *s, const struct kind *k)
{
	const char *type = s->message->type;
	bool flag = false;

	if (str_equal(type, "audio") &&
	    json_bool(json_get(s->part, "voice"), &flag) && flag)
		return "voice message";
	if (str_equal(type, "sticker") &&
	    json_bool(json_get(s->part, "animated"), &flag) && flag)
		return "animated sticker";
	if (str_equal(type, "reaction") && !*s->message->text)
		return "took a reaction back";
	if (json_get(s->part, "button_reply"))
		return "button";
	if (json_get(s->part, "list_reply"))
		return "choice from a list";
	if (json_get(s->part, "nfm_reply"))
		return "form";
	return k ? k->label : type;
}

static const char *origin_of(const struct saying *s)
{
	const struct json_t *context = json_get(s->body, "context");
	const struct json_t *ad = json_get(s->body, "referral");
	const char *title = text_of(ad, "headline");
	bool flag = false;

	if (ad && !*title)
		title = text_of(ad, "source_url");
	if (ad)
		return *title ? arena_printf(s->arena, "by the ad “%s”", title)
			      : "by an ad";
	return (json_bool(json_get(context, "forwarded"), &flag) && flag) ||
		       (json_bool(
			    json_get(context, "frequently_forwarded"), &flag) &&
			   flag)
		   ? "forwarded"
		   : "";
}

struct message_words message_words(struct arena *a, const struct message *m)
{
	const struct kind *k = kind_of(m->type);
	struct saying s = {.arena = a, .message = m};
	struct json_t *body = NULL;
	struct err ignored;

	str_init(&s.text, TEXT_MAX);
	if (json_parse(a, m->body, strlen(m->body), &body, &ignored) ==
	    STATUS_OK)
		s.body = body;
	s.part = json_get(s.body, m->type);
	if (k && k->say)
		k->say(&s);
	const struct message_words w = {
	    .kind = label_of(&s, k),
	    .text = s.text.len && !s.text.full
			? arena_strdup(a, str_text(&s.text))
			: m->text,
	    .more = origin_of(&s),
	};

	str_release(&s.text);
	return w;
}
