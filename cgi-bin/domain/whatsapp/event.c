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
#include "base/utf8.h"

#define SECONDS_MAX INT64_C(4102444800) /* 2100: no time of a message */
#define AHEAD_MAX INT64_C(86400000)	/* ms: clocks differ by less */

struct reading {
	struct arena *arena;
	struct wa_event *out;
	size_t space;
	int64_t now;
	const char *field;	    /* of the change at hand */
	const struct json_t *value; /* likewise */
	bool full;		    /* there is more than is taken */
};

/* --- the text --- */

/* A copy in which what is not UTF-8 is U+FFFD, and so is an escaped NUL, which
 * no C string could hold. An escape is one only after an even number of
 * backslashes. */
static const char *clean(struct arena *a, const char *p, size_t n, size_t *len)
{
	static const char mark[] = "\xef\xbf\xbd";
	const char *end = p + n;
	char *out = arena_raw(a, n * 3 + 1);
	size_t at = 0;
	bool escaped = false;

	while (p < end) {
		const char *from = p;
		int32_t c = utf8_next(&p, end);

		if (escaped && c == 'u' && end - from >= 5 &&
		    memcmp(from, "u0000", 5) == 0) {
			memcpy(out + at, "ufffd", 5);
			at += 5;
			p = from + 5;
		} else if (c < 0) {
			memcpy(out + at, mark, 3);
			at += 3;
		} else {
			memcpy(out + at, from, (size_t)(p - from));
			at += (size_t)(p - from);
		}
		escaped = !escaped && c == '\\';
	}
	*len = at;
	return out;
}

/* At most `max` code points of a text. */
static const char *cut(struct arena *a, const char *z, size_t max)
{
	const char *p = z;
	const char *end = z + strlen(z);

	while (p < end && max--)
		utf8_next(&p, end);
	return arena_strndup(a, z, (size_t)(p - z));
}

static const char *text_of(const struct json_t *v, const char *key)
{
	return str_or_empty(json_get_text(v, key));
}

/* Trimmed, one line, as long as the field of a contact may be. */
static const char *field_text(
    struct arena *a, const char *z, enum contact_field f)
{
	size_t n = strlen(z);

	utf8_trim(&z, &n);
	char *copy = arena_strndup(a, z, n);

	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return cut(a, copy, contact_fields[f].max_length);
}

/* Seconds as text or number; now for anything else, as for a moment so far
 * ahead that it would outweigh whatever is said until then. */
static int64_t moment_of(const struct reading *r, const struct json_t *v)
{
	struct json_t *t = json_get(v, "timestamp");
	const char *text = json_text(t);
	unsigned long long n = 0;
	int64_t seconds = 0;

	if (text && str_to_u64(text, &n) && n <= (uint64_t)SECONDS_MAX)
		seconds = (int64_t)n;
	else if (!text)
		json_int(t, &seconds);
	if (seconds <= 0 || seconds > SECONDS_MAX ||
	    seconds * 1000 > r->now + AHEAD_MAX)
		return r->now;
	return seconds * 1000;
}

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
	    .person = {"", "", "", ""},
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

	item->field = cut(r->arena, r->field, 64);
	item->reason = why;
	item->body = json_dump(r->arena, v, false);
}

/* A number as WhatsApp writes it: digits, the country code first. "" when it
 * is none. One that no country's rules know is kept as it is. */
static const char *phone_of(struct arena *a, const char *digits)
{
	char e164[PHONE_SIZE];
	size_t n = strspn(digits, "0123456789");

	if (n < 5 || n > 15 || digits[n] || *digits == '0')
		return "";
	const char *plus = arena_printf(a, "+%s", digits);

	if (phone_parse(plus, "", e164) == PHONE_NOT_POSSIBLE)
		return plus;
	return arena_strdup(a, e164);
}

/* Whether all that the value tells is of one sender. */
static bool one_sender(const struct json_t *value)
{
	const struct json_t *messages = json_get(value, "messages");
	const char *from = text_of(json_at(messages, 0), "from");

	for (size_t i = 1; i < json_count(messages); i++)
		if (!str_equal(text_of(json_at(messages, i), "from"), from))
			return false;
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

		if ((*wa_id && str_equal(text_of(c, "wa_id"), wa_id)) ||
		    (*user_id && str_equal(text_of(c, "user_id"), user_id)))
			return c;
	}
	return json_count(people) == 1 && json_get(r->value, "messages") &&
		       one_sender(r->value)
		   ? json_at(people, 0)
		   : NULL;
}

static void read_person(const struct reading *r, const char *wa_id,
    const char *user_id, struct wa_person *out)
{
	const struct json_t *c = contact_of(r, wa_id, user_id);
	const struct json_t *profile = json_get(c, "profile");
	struct arena *a = r->arena;
	const char *username = text_of(profile, "username");

	if (!*wa_id)
		wa_id = text_of(c, "wa_id");
	if (!*user_id)
		user_id = text_of(c, "user_id");
	if (!*username)
		username = text_of(c, "username");
	out->phone = phone_of(a, wa_id);
	out->wa_user_id = field_text(a, user_id, FIELD_WA_USER_ID);
	out->username = c ? field_text(a, username, FIELD_USERNAME) : "";
	out->name = field_text(a, text_of(profile, "name"), FIELD_NAME);
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

	if (str_equal(type, "interactive"))
		for (size_t i = 0; i < 3; i++)
			if (json_get(part, replies[i]))
				part = json_get(part, replies[i]);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (*text_of(part, keys[i]))
			return text_of(part, keys[i]);
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
	const char *id = text_of(m, "id");
	const char *type = text_of(m, "type");

	if (!*id || strlen(id) > MESSAGE_ID_MAX || !is_ascii(id))
		return false;
	if (!*type || strlen(type) > 32 || !is_ascii(type))
		type = "unknown";
	out->wa_id = id;
	out->type = type;
	out->text = cut(r->arena, readable(m, type), MESSAGE_TEXT_MAX);
	out->body = json_dump(r->arena, m, false);
	if (strlen(out->body) > MESSAGE_BODY_MAX)
		out->body = "{}";
	out->at = moment_of(r, m);
	return true;
}

static const char *sender_user_id(const struct json_t *m)
{
	const char *id = text_of(m, "from_user_id");

	return *id ? id : text_of(m, "user_id");
}

/* A person who has another number, or another id: not a message. */
static void on_system(struct reading *r, const struct json_t *m)
{
	const struct json_t *s = json_get(m, "system");
	const char *type = text_of(s, "type");
	struct wa_person person = {"", "", "", ""};
	struct message message = {.status = ""};

	read_person(r, text_of(m, "from"), sender_user_id(m), &person);
	if (!has_key(&person) ||
	    !(str_equal(type, "user_changed_number") ||
		str_equal(type, "user_changed_user_id") ||
		str_equal(type, "customer_changed_number"))) {
		other(r, m, "a system message of a kind that is not known");
		return;
	}
	const char *phone = phone_of(r->arena, text_of(s, "wa_id"));
	const char *id =
	    field_text(r->arena, text_of(s, "user_id"), FIELD_WA_USER_ID);

	if (!*phone)
		phone = phone_of(r->arena, text_of(s, "new_wa_id"));
	if (!read_message(r, m, &message)) {
		other(r, m, "a change of number without an id");
		return;
	}
	struct wa_item *item = add(r, WA_NEW_NUMBER);

	item->person = person;
	item->new_phone = phone;
	item->new_user_id = id;
	item->message = message;
	item->body = message.body;
	item->field = r->field;
}

static void on_message(struct reading *r, const struct json_t *m)
{
	struct wa_person person;
	struct message message = {.status = ""};

	if (str_equal(text_of(m, "type"), "system")) {
		on_system(r, m);
		return;
	}
	read_person(r, text_of(m, "from"), sender_user_id(m), &person);
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
	const char *phone = phone_of(r->arena, text_of(m, "to"));

	if (!*phone || !read_message(r, m, &message)) {
		other(r, m, "a message of the team to nobody");
		return;
	}
	struct wa_item *item = add(r, WA_ECHO);

	item->person.phone = phone;
	item->message = message;
}

static void on_status(struct reading *r, const struct json_t *s)
{
	const char *id = text_of(s, "id");
	const char *status = text_of(s, "status");

	if (!*id || strlen(id) > MESSAGE_ID_MAX || !is_ascii(id) || !*status ||
	    strlen(status) > 16 || !is_ascii(status)) {
		other(r, s, "a status without an id or a word");
		return;
	}
	struct wa_item *item = add(r, WA_STATUS);

	item->message.wa_id = id;
	item->message.status = status;
	item->message.at = moment_of(r, s);
}

static void on_preference(struct reading *r, const struct json_t *p)
{
	const char *value = text_of(p, "value");
	const char *category = text_of(p, "category");
	bool wants = str_equal(value, "resume") || str_equal(value, "signup") ||
		     str_equal(value, "opt_in");
	bool stops = str_equal(value, "stop") || str_equal(value, "opt_out");
	struct wa_person person = {"", "", "", ""};

	read_person(r, text_of(p, "wa_id"), text_of(p, "user_id"), &person);
	if ((!wants && !stops) || !has_key(&person) ||
	    (*category && !str_equal(category, "marketing_messages"))) {
		other(r, p, "a preference that is not known");
		return;
	}
	struct wa_item *item = add(r, WA_PREFERENCE);

	item->person = person;
	item->wants = wants;
	item->detail = cut(r->arena, text_of(p, "detail"), 500);
	item->message.at = moment_of(r, p);
}

/* --- the body --- */

static bool has_room(struct reading *r)
{
	r->full = r->full || r->out->count == WA_ITEMS_MAX;
	return !r->full;
}

static void each(struct reading *r, const char *key,
    void (*fn)(struct reading *r, const struct json_t *v))
{
	const struct json_t *list = json_get(r->value, key);

	for (size_t i = 0; i < json_count(list); i++)
		if (has_room(r))
			fn(r, json_at(list, i));
}

static void on_change(struct reading *r, const struct json_t *change)
{
	size_t before = r->out->count;

	r->field = text_of(change, "field");
	r->value = json_get(change, "value");
	if (json_type_of(r->value) == JSON_IS_OBJECT) {
		each(r, "messages", on_message);
		each(r, "statuses", on_status);
		each(r, "user_preferences", on_preference);
		each(r, "message_echoes", on_echo);
	}
	if (r->out->count > before || !has_room(r))
		return;
	if (!str_equal(r->field, "messages"))
		other(r, change, "an event that nothing here acts on");
	else if (json_get(r->value, "errors"))
		other(r, change, "errors of WhatsApp");
}

static void on_entry(struct reading *r, const struct json_t *entry)
{
	const struct json_t *changes = json_get(entry, "changes");

	r->field = "";
	if (json_type_of(changes) != JSON_IS_ARRAY && has_room(r))
		other(r, entry, "an entry without a list of changes");
	for (size_t k = 0; k < json_count(changes) && !r->full; k++)
		on_change(r, json_at(changes, k));
}

enum status wa_event_parse(struct arena *a, const char *body, size_t n,
    int64_t now, struct wa_event *out, struct err *e)
{
	struct reading r = {.arena = a, .out = out, .now = now};
	struct json_t *root = NULL;
	size_t len;
	const char *text = clean(a, body, n, &len);
	enum status st = json_parse(a, text, len, &root, e);

	*out = (struct wa_event){0};
	if (st != STATUS_OK)
		return st;
	if (json_type_of(root) != JSON_IS_OBJECT)
		return ERR(e, STATUS_INVALID, "The body is no JSON object.");
	const struct json_t *entries = json_get(root, "entry");

	if (entries && json_type_of(entries) != JSON_IS_ARRAY)
		return ERR(e, STATUS_INVALID, "\"entry\" is no list.");
	for (size_t i = 0; i < json_count(entries) && !r.full; i++)
		on_entry(&r, json_at(entries, i));
	if (r.full)
		return ERR(e, STATUS_TOO_LARGE,
		    "The body tells more than %d things.", WA_ITEMS_MAX);
	return STATUS_OK;
}
