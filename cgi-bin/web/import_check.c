/* import_check.c: what the check of a file found, as pages show it */
/* SPDX-License-Identifier: MIT */
#include "web/import_check.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
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

void import_fill_differences(
    struct arena *a, struct node *root, const struct import *im)
{
	const struct {
		const char *key;
		const char *label;
		uint64_t now;
	} all[] = {
	    {"created", "new", im->counts.created},
	    {"updated", "updated", im->counts.updated},
	    {"unchanged", "unchanged", im->counts.unchanged},
	    {"skipped", "skipped", im->counts.skipped},
	    {"rejected", "in error", im->counts.rejected},
	};
	struct json_t *checked;
	int64_t n;

	if (im->state != IMPORT_DONE || str_empty(im->checked) ||
	    json_parse(a, im->checked, strlen(im->checked), &checked, NULL) !=
		STATUS_OK)
		return;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!json_int(json_get(checked, all[i].key), &n) ||
		    (uint64_t)n == all[i].now)
			continue;
		struct node *d = node_add(root, "Differences");

		node_set(d, "Label", all[i].label);
		node_set_count(d, "Checked", (uint64_t)n);
		node_set_count(d, "Now", all[i].now);
	}
}
