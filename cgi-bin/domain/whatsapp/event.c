/* event.c: what a body from WhatsApp's Cloud API says */
/* SPDX-License-Identifier: MIT */
/*
 * The form is Meta's: entry[].changes[] with a field and a value; a value of
 * the field "messages" has contacts[] (the people), messages[] and statuses[].
 * Whatever is not as it should be becomes an item of kind OTHER instead of
 * failing the body: WhatsApp would send a refused body again for days.
 */
#include "domain/whatsapp/event.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "domain/whatsapp/event_value.h"

struct reading {
	struct arena *arena;
	struct wa_event *out;
	size_t space;
	int64_t now;
	const char *field;	    /* of the change at hand */
	const struct json_t *value; /* likewise */
	bool full;		    /* there is more than is taken */
};

static const struct wa_person nobody = {"", "", "", "", ""};

/* --- items --- */

static struct wa_item *add(struct reading *r, enum wa_kind kind)
{
	struct wa_event *o = r->out;

	if (o->count == r->space) {
		size_t space = r->space ? r->space * 2 : 16;
		struct wa_item *items =
		    arena_alloc(r->arena, space * sizeof(*items));

		if (o->count)
			memcpy(items, o->items, o->count * sizeof(*items));
		o->items = items;
		r->space = space;
	}
	struct wa_item *item = &o->items[o->count++];

	*item = (struct wa_item){
	    .kind = kind,
	    .person = nobody,
	    .message = {.wa_id = "",
		.type = "",
		.text = "",
		.body = "{}",
		.status = ""},
	    .detail = "",
	    .new_phone = "",
	    .new_user_id = "",
	    .field = "",
	    .reason = "",
	    .body = "",
	};
	return item;
}

static void other(struct reading *r, const struct json_t *v, const char *why)
{
	struct wa_item *item = add(r, WA_OTHER);

	item->field = r->field;
	item->reason = why;
	item->body = json_dump(r->arena, v, false);
}

static const char *sender_user_id(const struct json_t *m)
{
	const char *id = event_text(m, "from_user_id");

	return *id ? id : event_text(m, "user_id");
}

/* Whether all that the value tells is of one sender. */
static bool one_sender(const struct reading *r)
{
	const struct json_t *messages = json_get(r->value, "messages");
	const struct json_t *first = json_at(messages, 0);
	const char *from = event_id(r->arena, first, "from");
	const char *id = sender_user_id(first);

	for (size_t i = 1; i < json_count(messages); i++) {
		const struct json_t *m = json_at(messages, i);

		if (!str_equal(event_id(r->arena, m, "from"), from) ||
		    !str_equal(sender_user_id(m), id))
			return false;
	}
	return true;
}

/* The entry of contacts[] that is about the sender. The only entry is, even
 * with another wa_id: that is not always the number. */
static const struct json_t *contact_of(
    const struct reading *r, const char *wa_id, const char *user_id)
{
	const struct json_t *people = json_get(r->value, "contacts");

	for (size_t i = 0; i < json_count(people); i++) {
		const struct json_t *c = json_at(people, i);

		if ((*wa_id &&
			str_equal(event_id(r->arena, c, "wa_id"), wa_id)) ||
		    (*user_id && str_equal(event_text(c, "user_id"), user_id)))
			return c;
	}
	return json_count(people) == 1 && json_get(r->value, "messages") &&
		       one_sender(r)
		   ? json_at(people, 0)
		   : NULL;
}

static void read_person(const struct reading *r, const char *wa_id,
    const char *user_id, struct wa_person *out)
{
	const struct json_t *c = contact_of(r, wa_id, user_id);
	const struct json_t *profile = json_get(c, "profile");
	struct arena *a = r->arena;
	const char *username = event_text(profile, "username");
	const char *shown = event_id(a, c, "wa_id");

	if (!*wa_id)
		wa_id = shown;
	if (!*user_id)
		user_id = event_text(c, "user_id");
	if (!*username)
		username = event_text(c, "username");
	out->phone = event_phone(a, wa_id);
	out->alias = event_phone(a, shown);
	if (!*out->alias || str_equal(out->alias, out->phone))
		out->alias = event_phone_alias(a, out->phone);
	out->wa_user_id = event_field(a, user_id, FIELD_WA_USER_ID);
	out->username = c ? event_field(a, username, FIELD_USERNAME) : "";
	out->name = event_field(a, event_text(profile, "name"), FIELD_NAME);
}

static bool has_key(const struct wa_person *p)
{
	return *p->phone || *p->wa_user_id;
}

/* --- messages --- */

/* What a person can read of a message. */
static const char *readable(const struct json_t *m, const char *type)
{
	const struct json_t *part = json_get(m, type);
	static const char *const keys[] = {
	    "body", "text", "caption", "emoji", "filename", "name", "title"};
	static const char *const replies[] = {
	    "button_reply", "list_reply", "nfm_reply"};

	if (str_equal(type, "edit")) { /* the message as it is now */
		const struct json_t *now = json_get(part, "message");
		const char *kind = event_text(now, "type");

		return str_equal(kind, "edit") ? "" : readable(now, kind);
	}
	if (str_equal(type, "interactive"))
		for (size_t i = 0; i < 3; i++)
			if (json_get(part, replies[i]))
				part = json_get(part, replies[i]);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (*event_text(part, keys[i]))
			return event_text(part, keys[i]);
	return "";
}

static bool is_ascii(const char *z)
{
	for (; *z; z++)
		if ((unsigned char)*z < ' ' || (unsigned char)*z > '~')
			return false;
	return true;
}

static bool read_message(
    const struct reading *r, const struct json_t *m, struct message *out)
{
	const char *id = event_text(m, "id");
	const char *type = event_text(m, "type");

	if (!*id || strlen(id) > MESSAGE_ID_MAX || !is_ascii(id))
		return false;
	if (!*type || strlen(type) > 32 || !is_ascii(type))
		type = "unknown";
	out->wa_id = id;
	out->type = type;
	out->text = event_cut(r->arena, readable(m, type), MESSAGE_TEXT_MAX);
	out->body = json_dump(r->arena, m, false);
	if (strlen(out->body) > MESSAGE_BODY_MAX)
		out->body = "{}";
	out->at = event_moment(m, r->now);
	return true;
}

static bool is_change_of_number(const char *type)
{
	return str_equal(type, "user_changed_number") ||
	       str_equal(type, "user_changed_user_id") ||
	       str_equal(type, "customer_changed_number");
}

/* The id that somebody without a number had, of "User NAME changed from OLD to
 * NEW": WhatsApp tells it nowhere else in such a message. */
static const char *former_user_id(struct arena *a, const struct json_t *s)
{
	static const char from[] = " changed from ";
	const char *body = event_text(s, "body");
	const char *at = NULL;

	for (const char *p = body; (p = strstr(p, from)); p++)
		at = p + sizeof(from) - 1;
	if (!at || !str_equal(event_text(s, "type"), "user_changed_user_id"))
		return "";
	return arena_strndup(a, at, strcspn(at, " "));
}

static const char *new_phone(struct arena *a, const struct json_t *s)
{
	const char *phone = event_phone(a, event_id(a, s, "wa_id"));

	return *phone ? phone : event_phone(a, event_id(a, s, "new_wa_id"));
}

/* A person who has another number, or another id: not a message. */
static void on_system(struct reading *r, const struct json_t *m)
{
	const struct json_t *s = json_get(m, "system");
	struct wa_person person = nobody;
	struct message message = {.status = ""};

	read_person(
	    r, event_id(r->arena, m, "from"), sender_user_id(m), &person);
	if (!has_key(&person))
		person.wa_user_id = event_field(
		    r->arena, former_user_id(r->arena, s), FIELD_WA_USER_ID);
	if (!has_key(&person) || !is_change_of_number(event_text(s, "type"))) {
		other(r, m, "a system message of a kind that is not known");
		return;
	}
	if (!read_message(r, m, &message)) {
		other(r, m, "a change of number without an id");
		return;
	}
	struct wa_item *item = add(r, WA_NEW_NUMBER);

	item->person = person;
	item->new_phone = new_phone(r->arena, s);
	item->new_user_id =
	    event_field(r->arena, event_text(s, "user_id"), FIELD_WA_USER_ID);
	item->message = message;
	item->body = message.body;
	item->field = r->field;
}

/* The same by an event of its own, with the old id and the new one. */
static void on_user_id(struct reading *r, const struct json_t *u)
{
	const struct json_t *id = json_get(u, "user_id");
	struct wa_person person = nobody;

	person.phone = event_phone(r->arena, event_id(r->arena, u, "wa_id"));
	person.alias = event_phone_alias(r->arena, person.phone);
	person.wa_user_id =
	    event_field(r->arena, event_text(id, "previous"), FIELD_WA_USER_ID);
	if (!has_key(&person) || !*event_text(id, "current")) {
		other(r, u, "a change of an id without the new one");
		return;
	}
	struct wa_item *item = add(r, WA_NEW_USER_ID);

	item->person = person;
	item->new_user_id =
	    event_field(r->arena, event_text(id, "current"), FIELD_WA_USER_ID);
	item->body = json_dump(r->arena, u, false);
	item->field = r->field;
}

static void on_message(struct reading *r, const struct json_t *m)
{
	struct wa_person person;
	struct message message = {.status = ""};

	if (str_equal(event_text(m, "type"), "system")) {
		on_system(r, m);
		return;
	}
	read_person(
	    r, event_id(r->arena, m, "from"), sender_user_id(m), &person);
	if (!read_message(r, m, &message))
		other(r, m, "a message without an id");
	else if (!has_key(&person))
		other(r, m, "a message of nobody that can be told");
	else {
		struct wa_item *item = add(r, WA_MESSAGE);

		item->person = person;
		item->message = message;
	}
}

static void on_echo(struct reading *r, const struct json_t *m)
{
	struct message message = {.outgoing = true, .status = "sent"};
	struct wa_person person = nobody;

	person.phone = event_phone(r->arena, event_id(r->arena, m, "to"));
	person.alias = event_phone_alias(r->arena, person.phone);
	person.wa_user_id = event_field(
	    r->arena, event_text(m, "to_user_id"), FIELD_WA_USER_ID);
	if (!has_key(&person) || !read_message(r, m, &message)) {
		other(r, m, "a message of the team to nobody");
		return;
	}
	struct wa_item *item = add(r, WA_ECHO);

	item->person = person;
	item->message = message;
}

static void on_status(struct reading *r, const struct json_t *s)
{
	const char *id = event_text(s, "id");
	const char *status = event_text(s, "status");

	if (!*id || strlen(id) > MESSAGE_ID_MAX || !is_ascii(id) || !*status ||
	    strlen(status) > 16 || !is_ascii(status)) {
		other(r, s, "a status without an id or a word");
		return;
	}
	struct wa_item *item = add(r, WA_STATUS);

	item->message.wa_id = id;
	item->message.status = status;
	item->message.at = event_moment(s, r->now);
}

static void on_preference(struct reading *r, const struct json_t *p)
{
	const char *value = event_text(p, "value");
	const char *category = event_text(p, "category");
	bool wants = str_equal(value, "resume") || str_equal(value, "signup") ||
		     str_equal(value, "opt_in");
	bool stops = str_equal(value, "stop") || str_equal(value, "opt_out");
	struct wa_person person = nobody;

	read_person(r, event_id(r->arena, p, "wa_id"), event_text(p, "user_id"),
	    &person);
	if ((!wants && !stops) || !has_key(&person) ||
	    (*category && !str_equal(category, "marketing_messages"))) {
		other(r, p, "a preference that is not known");
		return;
	}
	struct wa_item *item = add(r, WA_PREFERENCE);

	item->person = person;
	item->wants = wants;
	item->detail = event_cut(r->arena, event_text(p, "detail"), 500);
	item->message.at = event_moment(p, r->now);
}

/* --- the body --- */

static bool has_room(struct reading *r)
{
	r->full = r->full || r->out->count == WA_ITEMS_MAX;
	return !r->full;
}

/* The lists that a value may have, and what each thing in them is. */
static const struct list {
	const char *key;
	void (*take)(struct reading *r, const struct json_t *v);
} lists[] = {
    {"messages", on_message},
    {"statuses", on_status},
    {"user_preferences", on_preference},
    {"user_id_update", on_user_id},
    {"message_echoes", on_echo},
};

/* False when there is something of that name that is no list. */
static bool take_list(struct reading *r, const struct list *l, bool *any)
{
	const struct json_t *list = json_get(r->value, l->key);

	*any = *any || json_type_of(list) == JSON_IS_ARRAY;
	if (json_type_of(list) != JSON_IS_ARRAY)
		return json_type_of(list) == JSON_IS_NULL;
	for (size_t i = 0; i < json_count(list); i++)
		if (has_room(r))
			l->take(r, json_at(list, i));
	return true;
}

/* What of a change nothing above has taken is kept as a whole. */
static void on_change(struct reading *r, const struct json_t *change)
{
	bool whole = true;
	bool any = false;

	r->field = event_cut(r->arena, event_text(change, "field"), 64);
	r->value = json_get(change, "value");
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		whole = take_list(r, &lists[i], &any) && whole;
	if (!has_room(r))
		return;
	if (json_get(r->value, "errors"))
		other(r, change, "errors of WhatsApp");
	else if (!whole)
		other(r, change, "an event of a shape that is not known");
	else if (!any)
		other(r, change, "an event that nothing here acts on");
}

static void on_entry(struct reading *r, const struct json_t *entry)
{
	const struct json_t *changes = json_get(entry, "changes");
	bool is_list = json_type_of(changes) == JSON_IS_ARRAY;

	r->field = "";
	if (!is_list && has_room(r))
		other(r, entry, "an entry without a list of changes");
	for (size_t k = 0; is_list && k < json_count(changes) && !r->full; k++)
		on_change(r, json_at(changes, k));
}

/* What another product of Meta tells is not about numbers of WhatsApp. */
static void on_other_object(struct reading *r, const struct json_t *root)
{
	r->field = event_cut(r->arena, event_text(root, "object"), 64);
	other(r, root, "an event that is not of WhatsApp");
}

static void on_root(struct reading *r, const struct json_t *root)
{
	const struct json_t *entries = json_get(root, "entry");
	const char *object = event_text(root, "object");

	if (*object && !str_equal(object, "whatsapp_business_account")) {
		on_other_object(r, root);
		return;
	}
	for (size_t i = 0; i < json_count(entries) && !r->full; i++)
		on_entry(r, json_at(entries, i));
}

enum status wa_event_parse(struct arena *a, const char *body, size_t n,
    int64_t now, struct wa_event *out, struct err *e)
{
	struct reading r = {.arena = a, .out = out, .now = now};
	struct json_t *root = NULL;
	size_t len;
	const char *text = event_clean(a, body, n, &len);
	enum status st = json_parse_lenient(a, text, len, &root, e);

	*out = (struct wa_event){0};
	if (st != STATUS_OK)
		return st;
	if (json_type_of(root) != JSON_IS_OBJECT)
		return ERR(e, STATUS_INVALID, "The body is no JSON object.");
	const struct json_t *entries = json_get(root, "entry");

	if (entries && json_type_of(entries) != JSON_IS_ARRAY)
		return ERR(e, STATUS_INVALID, "\"entry\" is no list.");
	on_root(&r, root);
	if (r.full)
		return ERR(e, STATUS_TOO_LARGE,
		    "The body tells more than %d things.", WA_ITEMS_MAX);
	return STATUS_OK;
}
