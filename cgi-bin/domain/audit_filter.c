/* audit_filter.c: which entries of the audit log, as parameters */
/* SPDX-License-Identifier: MIT */
#include "domain/audit_filter.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/url.h"
#include "base/utf8.h"

#define DAY_MS (24LL * 3600 * 1000)
#define VALUE_MAX 200 /* signs */
#define TEXT_MAX (16u << 10)

struct reading {
	struct arena *arena;
	struct audit_filter *out;
};

/* Reads one value, which is not ""; NULL or what is wrong with it. */
typedef const char *(*reader)(struct reading *r, const char *value);

static const char *read_member(struct reading *r, const char *value)
{
	struct audit_query *q = &r->out->query;
	unsigned long long id;

	if (str_to_u64(value, &id) && id) {
		q->member.n = id;
		return NULL;
	}
	q->by = audit_by_find(value);
	if (q->by == AUDIT_BY_MEMBER || q->by == AUDIT_BY_TOKEN)
		q->by = AUDIT_BY_ANYBODY;
	q->by_itself = audit_actions_by(r->arena, AUDIT_BY_ITSELF);
	q->by_strangers = audit_actions_by(r->arena, AUDIT_BY_STRANGER);
	return q->by == AUDIT_BY_ANYBODY
		   ? "Choose a member from the list: this is a member's number,"
		     " command-line, itself, whatsapp or not-logged-in."
		   : NULL;
}

static const char *read_token(struct reading *r, const char *value)
{
	unsigned long long id;

	if (!str_to_u64(value, &id) || !id)
		return "This is the number of an API token.";
	r->out->query.token.n = id;
	return NULL;
}

static const char *read_action(struct reading *r, const char *value)
{
	struct audit_actions *l = &r->out->query.actions;
	const struct audit_word *w = audit_word_find(value);
	enum audit_group g = audit_group_of(value);

	if (w) {
		l->items = arena_alloc(r->arena, sizeof(*l->items));
		l->items[l->count++] = w->action;
		return NULL;
	}
	if (g == AUDIT_GROUP_COUNT)
		return "There is no such action: choose one from the list.";
	*l = audit_actions_of(r->arena, g);
	if (!l->count)
		return "Nothing of this kind is done yet.";
	return NULL;
}

static const char wrong_day[] = "Enter a day like 2026-11-23.";

static const char *read_from(struct reading *r, const char *value)
{
	return clock_parse(value, false, &r->out->query.from) ? NULL
							      : wrong_day;
}

static const char *read_to(struct reading *r, const char *value)
{
	struct audit_query *q = &r->out->query;
	int64_t until;

	if (!clock_parse(value, false, &until))
		return wrong_day;
	q->until = strlen(value) > 10 ? until : until + DAY_MS;
	if (q->from != INT64_MIN && q->from >= q->until)
		return "This is before the first day: turn the two round.";
	return NULL;
}

/* "Contact 7" is typed as it is read. */
static const char *read_subject(struct reading *r, const char *value)
{
	char *text = arena_strdup(r->arena, value);
	const char *number = strrchr(text, ' ');

	if (number && isdigit((unsigned char)number[1]))
		*text = (char)tolower((unsigned char)*text);
	r->out->query.subject = text;
	return NULL;
}

static const char *read_address(struct reading *r, const char *value)
{
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p >= 0x7f || (unsigned char)*p <= ' ')
			return "Enter an address like 192.0.2.1 or 2001:db8::1.";
	r->out->query.address = value;
	return NULL;
}

static const char *read_words(struct reading *r, const char *value)
{
	r->out->query.words = value;
	r->out->query.word_actions = audit_actions_with(r->arena, value);
	return NULL;
}

static const char *read_after(struct reading *r, const char *value)
{
	struct audit_place *p = &r->out->query.after;
	const char *dash = strchr(value, '-');
	unsigned long long at = 0, id = 0;

	if (dash &&
	    str_to_u64(
		arena_strndup(r->arena, value, (size_t)(dash - value)), &at) &&
	    str_to_u64(dash + 1, &id) && at && at < 253402300800000ULL) {
		*p = (struct audit_place){(int64_t)at, id};
		return NULL;
	}
	r->out->bad_place = true;
	return "This place in the audit log cannot be found. Begin with the "
	       "newest entries.";
}

static const char *read_limit(struct reading *r, const char *value)
{
	unsigned long long n;

	if (!str_to_u64(value, &n) || !n || n > AUDIT_LIMIT_MAX)
		return "This is a whole number from 1 to 1000.";
	r->out->query.limit = (size_t)n;
	return NULL;
}

/* --- all of them --- */

/* from stands before to, which looks at it. */
const char *const audit_param_names[AUDIT_PARAMS + 1] = {"member", "token",
    "action", "from", "to", "subject", "address", "q", "after", "limit", NULL};
static const reader readers[AUDIT_PARAMS] = {read_member, read_token,
    read_action, read_from, read_to, read_subject, read_address, read_words,
    read_after, read_limit};
#define FILTERS 8 /* the first ones; then the place */

static const char *trimmed(struct arena *a, const char *value)
{
	size_t n = strlen(value);

	utf8_trim(&value, &n);
	return arena_strndup(a, value, n);
}

void audit_filter_read(struct arena *a, const char *const values[AUDIT_PARAMS],
    size_t limit, struct audit_filter *out)
{
	struct reading r = {a, out};

	*out = (struct audit_filter){
	    .query = {.from = INT64_MIN, .until = INT64_MAX, .limit = limit}};
	for (size_t i = 0; i < AUDIT_PARAMS; i++) {
		struct audit_param *p = &out->params[i];

		p->name = audit_param_names[i];
		p->value = trimmed(a, str_or_empty(values[i]));
		if (!*p->value)
			continue;
		out->filtered |= i < FILTERS;
		p->problem = utf8_length(p->value) > VALUE_MAX
				 ? "This is at most 200 signs long."
				 : readers[i](&r, p->value);
		if (!out->first_problem)
			out->first_problem = p->problem;
	}
}

bool audit_filter_is_place(const struct audit_param *p)
{
	return str_equal(p->name, "after") || str_equal(p->name, "limit");
}

const char *audit_filter_value(const struct audit_filter *f, const char *name)
{
	for (size_t i = 0; i < AUDIT_PARAMS; i++)
		if (str_equal(f->params[i].name, name))
			return f->params[i].value;
	return "";
}

const char *audit_place_text(struct arena *a, const struct audit_place *p)
{
	return arena_printf(a, "%" PRId64 "-%" PRIu64, p->at, p->id);
}

static void put_params(
    struct arena *a, struct str *s, const struct audit_filter *f, bool shape)
{
	for (size_t i = 0; i < FILTERS; i++) {
		const struct audit_param *p = &f->params[i];
		bool masked = shape && str_equal(p->name, "q");

		if (*p->value)
			str_printf(s, "%c%s=%s", s->len ? '&' : '?', p->name,
			    masked ? "\xe2\x80\xa6" : url_escape(a, p->value));
	}
}

const char *audit_filter_shape(struct arena *a, const struct audit_filter *f)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	put_params(a, &s, f, true);
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}

const char *audit_filter_text(struct arena *a, const struct audit_filter *f,
    const struct audit_place *after)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	put_params(a, &s, f, false);
	if (after)
		str_printf(&s, "%cafter=%s", s.len ? '&' : '?',
		    audit_place_text(a, after));
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}
