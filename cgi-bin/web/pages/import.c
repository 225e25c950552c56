/* import.c: one import: its progress, then what it came to */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/country.h"
#include "base/str.h"
#include "domain/import/optout_list.h"
#include "domain/import/problem.h"
#include "web/parts/import_check.h"
#include "web/parts/import_columns.h"
#include "web/parts/import_correct.h"
#include "web/parts/import_optouts.h"
#include "web/parts/import_view.h"
#include "web/parts/undo_view.h"
#include "web/routes.h"

/* "2 minutes", "45 seconds". */
static const char *duration_text(struct arena *a, int64_t ms)
{
	int64_t s = (ms + 500) / 1000;

	if (s < 1)
		return "less than a second";
	if (s == 1)
		return "1 second";
	if (s < 90)
		return arena_printf(a, "%" PRId64 " seconds", s);
	if (s < 5400)
		return arena_printf(a, "%" PRId64 " minutes", (s + 30) / 60);
	return arena_printf(a, "%" PRId64 " hours", (s + 1800) / 3600);
}

/* Rate and time left while it runs, the time it took afterwards. The time in
 * which it waited, was paused or had no worker is not of its rate. */
static void fill_pace(struct arena *a, struct node *n, const struct import *im)
{
	uint64_t done = im->counts.read, rate;
	int64_t ms = im->worked_ms;

	if (im->started_at == 0)
		return;
	if (im->finished_at != 0) {
		node_set(n, "Took",
		    duration_text(a, im->finished_at - im->started_at));
		return;
	}
	if (ms < 1000 || done == 0 || done > im->total_rows)
		return;
	rate = done * 1000 / (uint64_t)ms;
	node_set_count(n, "Rate", rate);
	node_set(n, "Left",
	    duration_text(a, (int64_t)((double)(im->total_rows - done) *
				       (double)ms / (double)done)));
}

/* formats.md S6: all, some or none of the rows; a word for the template. */
static const char *result_word(const struct import *im)
{
	uint64_t in =
	    im->counts.created + im->counts.updated + im->counts.unchanged;

	if (im->state != IMPORT_DONE)
		return import_state_word(im->state);
	if (in == 0)
		return "none";
	return im->counts.rejected + im->counts.skipped == 0 ? "all" : "some";
}

static enum status fill_consent(
    struct request *rq, struct node *root, struct import_id id, struct err *e)
{
	struct consent c;
	struct node *n;
	enum status st = consent_store_get(rq->db, rq->arena, id, &c, e);

	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (st != STATUS_OK)
		return st;
	n = node_child(root, "Consent");
	node_set(n, "Member", c.member_name);
	node_set(n, "Version", c.words_version);
	paragraphs_fill(rq->arena, n, "Words", c.words);
	node_set_time(n, "At", c.at, clock_now());
	return STATUS_OK;
}

/* What was chosen, for the disclosure at the end of the page. */
static enum status fill_details(
    struct request *rq, struct node *root, struct import_id id, struct err *e)
{
	struct import_plan plan;
	enum status st = plan_load(rq->db, rq->arena, id, &plan, e);

	if (st != STATUS_OK)
		return st;
	import_fill_rules(rq->arena, root, plan.format, &plan.rules);
	columns_fill_targets(rq->arena, root, &plan);
	node_set(root, "Country", country_name(plan.rules.country));
	st = import_fill_fixes(rq, root, &plan, e);
	return st == STATUS_OK ? fill_consent(rq, root, id, e) : st;
}

/* What a list of opt-outs came to: Suppressed {Contacts, Emails, Keys}, each
 * with .Number. */
static enum status fill_suppressed(
    struct request *rq, struct node *root, struct import_id id, struct err *e)
{
	static const char *const numbers[][2] = {
	    {"whatsapp_opted", "Contacts"},
	    {OPTOUT_CHANGES_EMAIL, "Emails"},
	    {OPTOUT_CHANGES_LIST, "Keys"},
	};
	struct node *n = node_child(root, "Suppressed");
	struct change_count *rows;
	size_t count;
	enum status st =
	    import_change_counts(rq->db, rq->arena, id, &rows, &count, e);

	for (size_t k = 0; st == STATUS_OK && k < 3; k++) {
		uint64_t found = 0;

		for (size_t i = 0; i < count; i++)
			if (str_equal(rows[i].field, numbers[k][0]))
				found = rows[i].rows;
		node_set_count(n, numbers[k][1], found);
		node_set_int(
		    node_child(n, numbers[k][1]), "Number", (int64_t)found);
	}
	return st;
}

static void fill_result(
    struct request *rq, struct response *rs, const struct import *im)
{
	struct node *root = view_root(rs->view);

	node_set(root, "Title",
	    arena_printf(rq->arena, "Import of %s", im->file_name));
	node_set(root, "Outcome", result_word(im));
	node_set(root, "SegmentUrl", url_escape(rq->arena, im->segment));
	if (im->state != IMPORT_REFUSED)
		return;
	for (int i = 0; i < PROBLEM_CODES; i++) {
		if (str_equal(problem_infos[i].code, im->refusal_code))
			import_fill_refusal(rs->view, i, im->refusal_message);
	}
}

enum status page_import(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct import_row row;
	int64_t now = clock_now();
	enum status st = import_row_load(rq, &row, e);

	if (st != STATUS_OK)
		return st;
	import_fill(rq->arena, node_child(root, "Import"), &row.head, now);
	fill_pace(rq->arena, node_child(root, "Import"), &row.head);
	fill_result(rq, rs, &row.head);
	if (import_state_busy(row.head.state))
		node_set_int(root, "Refresh", 2);
	st = undo_view_fill(rq, root, &row.head, e);
	if (st == STATUS_OK)
		st = import_fill_problems(rq, root, row.head.id, e);
	if (st == STATUS_OK && !import_state_open(row.head.state)) {
		struct optout_people people = {0};

		st = optouts_fill(rq, root, row.head.id, &people, e);
	}
	if (st == STATUS_OK)
		st = fill_suppressed(rq, root, row.head.id, e);
	if (st == STATUS_OK)
		st = import_fill_differences(rq, root, &row.head, e);
	if (st == STATUS_OK && !import_state_open(row.head.state))
		st = fill_details(rq, root, row.head.id, e);
	return st;
}
