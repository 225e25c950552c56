/* import_check.c: what the check of a file found, as pages show it */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_check.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "domain/contact/contact_message.h"
#include "domain/import/problem.h"

#define EXAMPLES 3u

const char *import_problem_title(const char *code, enum problem_level level)
{
	for (int i = 0; i < PROBLEM_CODES; i++) {
		if (str_equal(problem_infos[i].code, code) &&
		    problem_infos[i].level == level)
			return problem_infos[i].title;
	}
	return code;
}

enum status import_fill_problems(
    struct request *rq, struct node *root, struct import_id id, struct err *e)
{
	struct problem_count *rows;
	size_t count;
	enum status st =
	    import_problem_counts(rq->db, rq->arena, id, &rows, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		struct node *n = node_add(root,
		    rows[i].level == PROBLEM_WARNING ? "Warnings" : "Problems");

		node_set(n, "Code", rows[i].code);
		node_set(n, "Title",
		    import_problem_title(rows[i].code, rows[i].level));
		node_set_count(n, "Count", rows[i].problems);
		node_set_flag(n, "Skip", rows[i].level == PROBLEM_SKIP);
	}
	return st;
}

/* A rule's value that repairs findings of a code whose message has a phrase
 * (check_phone.c and check_text.c write it for those alone). */
struct repair {
	enum problem_code code;
	const char *phrase;
	const char *rule;
	const char *from;
	const char *to;
	const char *text;
	const char *button;
};

static const struct repair repairs[] = {
    {PHONE_INVALID, PHRASE_RIGHT_LENGTH, "phone_check", "valid", "possible",
	"phone number of the right length for its country, but of no range"
	" that is known here. New ranges come up all the time.",
	"Accept numbers of the right length"},
    {NAME_NOT_LETTERS, PHRASE_MARKS_WOULD_DO, "name_rule", "letters",
	"letters_marks",
	"name that fails only because of an apostrophe, a hyphen or a dot"
	" (O'Neil, Jean-Luc, J. R.).",
	"Allow these in names"},
};

static enum status fill_repair(struct request *rq, struct node *root,
    const struct import_plan *p, const struct repair *r, struct err *e)
{
	const char *examples[EXAMPLES];
	uint64_t count = 0;
	size_t shown = 0;
	enum status st = import_problem_examples(rq->db, rq->arena,
	    p->row.head.id, problem_infos[r->code].code, r->phrase, EXAMPLES,
	    examples, &shown, &count, e);

	if (st != STATUS_OK || !count)
		return st;
	struct node *n = node_add(root, "Repairs");

	node_set(n, "Rule", r->rule);
	node_set(n, "Value", r->to);
	node_set(n, "Text", r->text);
	node_set(n, "Button", r->button);
	node_set_count(n, "Count", count);
	for (size_t i = 0; i < shown; i++)
		node_set(node_add(n, "Examples"), "Text", examples[i]);
	return st;
}

enum status import_fill_repairs(struct request *rq, struct node *root,
    const struct import_plan *p, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0;
	     st == STATUS_OK && i < sizeof(repairs) / sizeof(repairs[0]); i++) {
		const struct repair *r = &repairs[i];

		if (str_equal(import_rule_get(rq->arena, &p->rules, r->rule),
			r->from))
			st = fill_repair(rq, root, p, r, e);
	}
	return st;
}

/* --- what came out otherwise --- */

static void fill_difference(struct node *root, const char *label,
    const char *detail, uint64_t checked, uint64_t now)
{
	struct node *d;

	if (checked == now)
		return;
	d = node_add(root, "Differences");
	node_set(d, "Label", label);
	node_set(d, "Detail", detail);
	node_set_count(d, "Checked", checked);
	node_set_count(d, "Now", now);
}

static uint64_t number_of(const struct json_t *object, const char *key)
{
	int64_t n;

	return json_int(json_get(object, key), &n) && n > 0 ? (uint64_t)n : 0;
}

static void fill_counts(
    struct node *root, const struct json_t *checked, const struct import *im)
{
	const struct import_counts *c = &im->counts;

	fill_difference(
	    root, "new", "", number_of(checked, "created"), c->created);
	fill_difference(
	    root, "updated", "", number_of(checked, "updated"), c->updated);
	fill_difference(root, "unchanged", "", number_of(checked, "unchanged"),
	    c->unchanged);
	fill_difference(
	    root, "skipped", "", number_of(checked, "skipped"), c->skipped);
	fill_difference(
	    root, "in error", "", number_of(checked, "rejected"), c->rejected);
}

/* What the check counted by a key, of which the import came to something else
 * or to nothing at all. */
struct gone {
	struct node *root;
	struct arena *arena;
	const struct problem_count *problems;
	const struct change_count *changes;
	size_t count;
};

static bool problem_gone(void *arg, const char *key, struct json_t *value)
{
	const struct gone *g = arg;
	const char *code = strchr(key, '/');
	int64_t n;

	if (!code || !json_int(value, &n))
		return true;
	for (size_t i = 0; i < g->count; i++)
		if (str_equal(key, arena_printf(g->arena, "%s/%s",
				       problem_level_word(g->problems[i].level),
				       g->problems[i].code)))
			return true;
	fill_difference(g->root,
	    import_problem_title(
		code + 1, str_starts(key, "skip")      ? PROBLEM_SKIP
			  : str_starts(key, "warning") ? PROBLEM_WARNING
						       : PROBLEM_REJECT),
	    "", (uint64_t)n, 0);
	return true;
}

static bool change_gone(void *arg, const char *key, struct json_t *value)
{
	const struct gone *g = arg;
	int64_t n;

	for (size_t i = 0; i < g->count; i++)
		if (str_equal(key, g->changes[i].field))
			return true;
	if (json_int(value, &n))
		fill_difference(
		    g->root, contact_key_label(key), "1", (uint64_t)n, 0);
	return true;
}

static enum status fill_other_counts(struct request *rq, struct node *root,
    const struct json_t *checked, struct import_id id, struct err *e)
{
	struct gone gone = {.root = root, .arena = rq->arena};
	struct problem_count *problems;
	struct change_count *changes;
	size_t n, m;
	const struct json_t *was = json_get(checked, "problems");
	enum status st =
	    import_problem_counts(rq->db, rq->arena, id, &problems, &n, e);

	if (st == STATUS_OK)
		st = import_change_counts(
		    rq->db, rq->arena, id, &changes, &m, e);
	if (st != STATUS_OK || !json_get(checked, "changes"))
		return st;
	for (size_t i = 0; i < n; i++)
		fill_difference(root,
		    import_problem_title(problems[i].code, problems[i].level),
		    "",
		    number_of(was, arena_printf(rq->arena, "%s/%s",
				       problem_level_word(problems[i].level),
				       problems[i].code)),
		    problems[i].problems);
	gone.problems = problems;
	gone.count = n;
	json_members(was, problem_gone, &gone);
	was = json_get(checked, "changes");
	for (size_t i = 0; i < m; i++)
		fill_difference(root, contact_key_label(changes[i].field), "1",
		    number_of(was, changes[i].field), changes[i].rows);
	gone.changes = changes;
	gone.count = m;
	json_members(was, change_gone, &gone);
	return STATUS_OK;
}

enum status import_fill_differences(struct request *rq, struct node *root,
    const struct import *im, struct err *e)
{
	struct json_t *checked;

	if (im->state != IMPORT_DONE || str_empty(im->checked) ||
	    json_parse(rq->arena, im->checked, strlen(im->checked), &checked,
		NULL) != STATUS_OK)
		return STATUS_OK;
	fill_counts(root, checked, im);
	return fill_other_counts(rq, root, checked, im->id, e);
}
