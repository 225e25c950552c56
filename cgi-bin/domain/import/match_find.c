/* match_find.c: which contact a row of a batch is about */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "domain/import/match_text.h"
#include "domain/import/matching.h"

/* --- problems --- */

void matching_keep_problem(struct matching *x, const struct problem *p)
{
	struct matched *out = x->out;

	if (out->problem_count == x->problem_space) {
		size_t space = x->problem_space ? x->problem_space * 2 : 256;
		const struct problem **problems =
		    arena_raw(x->arena, space * sizeof(*problems));

		if (out->problem_count)
			memcpy(problems, out->problems,
			    out->problem_count * sizeof(*problems));
		out->problems = problems;
		x->problem_space = space;
	}
	out->problems[out->problem_count++] = p;
}

void matching_add_problem(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message)
{
	struct problem *p = arena_alloc(x->arena, sizeof(*p));
	const struct import_plan *plan = x->m->plan;

	p->row = x->batch->rows[x->at].row;
	p->code = problem_infos[code].code;
	p->level = problem_infos[code].level;
	p->message = message;
	p->column_name = "";
	for (size_t i = 0; i < plan->mapping.count; i++) {
		const struct column_target *c = &plan->mapping.columns[i];
		bool is_tags = code == TAG_UNKNOWN || code == TAG_REJECTED;

		if (is_tags ? c->kind == TARGET_TAGS
			    : c->kind == TARGET_FIELD && c->field == field) {
			p->column = (unsigned)i + 1;
			p->column_name = plan->columns[i].name;
			break;
		}
	}
	matching_keep_problem(x, p);
}

enum outcome matching_reject(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message)
{
	matching_add_problem(x, code, field, message);
	return problem_infos[code].level == PROBLEM_SKIP ? OUTCOME_SKIPPED
							 : OUTCOME_REJECTED;
}

/* --- which contact --- */

static struct finding fail(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message)
{
	return (struct finding){
	    NULL, true, matching_reject(x, code, field, message)};
}

static struct finding ambiguous(
    struct matching *x, enum contact_field f, const char *value, size_t n)
{
	return fail(x, AMBIGUOUS_MATCH, f,
	    arena_printf(x->arena,
		"%zu contacts of the book have \"%.60s\": merge them, or match"
		" by another field.",
		n, value));
}

bool matching_is_of_this_file(const struct matching *x, const struct target *t)
{
	return t->is_new || t->contact.id.n >= NO_CONTACT ||
	       t->contact.created_by_import == x->m->plan->row.head.id.n;
}

static struct finding conflict(
    struct matching *x, enum contact_field f, const struct target *other)
{
	return fail(x, KEY_CONFLICT, f,
	    match_conflict_text(
		x->arena, f, other, matching_is_of_this_file(x, other)));
}

/* Generic: a row with a phone may still be somebody of whom only the e-mail
 * is known; and phone and e-mail must not be two people's. */
static struct finding find_by_phone_and_email(
    struct matching *x, const struct checked_row *r, struct target *by_phone)
{
	size_t n;
	const char *email = fold_email(x->arena, r->value[FIELD_EMAIL]);
	struct target *by_email =
	    people_find(&x->people, KEY_BY_EMAIL, email, &n);

	if (!by_email || by_email == by_phone)
		return (struct finding){by_phone, false, 0};
	if (by_phone) {
		const char *own = by_phone->contact.value[FIELD_EMAIL];

		if (str_equal(fold_email(x->arena, own), email))
			return (struct finding){by_phone, false, 0};
		return conflict(x, FIELD_EMAIL, by_email);
	}
	if (n == 1 && !*by_email->contact.value[FIELD_PHONE])
		return (struct finding){by_email, false, 0};
	return (struct finding){NULL, false, 0};
}

/* Of several people with an e-mail, the one who has the row's id. */
static struct target *told_by_id(
    struct matching *x, const struct checked_row *r, const char *email)
{
	enum contact_field f = row_id_field(r);
	struct target *found = NULL;
	const struct person_entry *p =
	    people_first(&x->people, KEY_BY_EMAIL, email);

	if (rules_of(x)->key != KEY_PHONE_ELSE_EMAIL || str_empty(r->value[f]))
		return NULL;
	for (; p; p = people_next(&x->people, p)) {
		if (!str_equal(p->target->contact.value[f], r->value[f]))
			continue;
		if (found)
			return NULL;
		found = p->target;
	}
	return found;
}

struct finding matching_find(
    struct matching *x, const struct checked_row *r, const char *key)
{
	size_t n;
	enum contact_field f = key_field(x, r);
	struct target *t = people_find(&x->people, row_key_kind(f), key, &n);

	if (n > 1 && f == FIELD_EMAIL) {
		struct target *told = told_by_id(x, r, key);

		if (told)
			return (struct finding){told, false, 0};
	}
	if (n > 1)
		return ambiguous(x, f, r->value[f], n);
	if (rules_of(x)->key == KEY_PHONE_ELSE_EMAIL && f == FIELD_PHONE &&
	    !str_empty(r->value[FIELD_EMAIL]))
		return find_by_phone_and_email(x, r, t);
	return (struct finding){t, false, 0};
}

/* A value that only one contact can have is somebody else's. */
static struct target *taken_by_other(
    struct matching *x, const struct target *t, char kind, const char *value)
{
	size_t n;

	if (str_empty(value))
		return NULL;
	struct target *other = people_find(&x->people, kind, value, &n);

	return other && other != t ? other : NULL;
}

/* By the rule of its column the value would not go to the contact. */
static bool stays_out(const struct matching *x, const struct target *t,
    enum contact_field f, const char *value)
{
	return t && !str_empty(value) &&
	       !field_rule_writes(
		   &x->application.rules.fields[f], t->contact.value[f], value);
}

static struct target *taken(struct matching *x, const struct target *t,
    enum contact_field f, const struct checked_row *r)
{
	if (stays_out(x, t, f, r->value[f]))
		return NULL;
	return taken_by_other(x, t,
	    f == FIELD_PHONE ? KEY_BY_PHONE : KEY_BY_WA_USER_ID, r->value[f]);
}

struct finding matching_check_unique(
    struct matching *x, const struct checked_row *r, struct finding found)
{
	struct target *other = taken(x, found.target, FIELD_PHONE, r);

	if (other)
		return conflict(x, FIELD_PHONE, other);
	other = taken(x, found.target, FIELD_WA_USER_ID, r);
	if (other)
		return conflict(x, FIELD_WA_USER_ID, other);
	return found;
}
