/* catalog_page.c: what the pages of tags, attributes and segments share */
/* SPDX-License-Identifier: MIT */
#include "web/parts/catalog_page.h"

#include "base/str.h"
#include "domain/catalog/catalog_job.h"

#define JOB_MS 3000	/* that a request gives a job before it answers */
#define SEARCH_FROM 20u /* names: fewer are seen at a glance */

struct catalog_asked catalog_asked(
    const struct request *rq, const char *const *known)
{
	struct catalog_asked none = {"", ""};

	if (rq->method == METHOD_GET && rq->member->role < ROLE_EDITOR)
		return none;
	for (; *known; known++) {
		const char *name = form_find(&rq->params, *known);

		if (rq->method == METHOD_GET && name)
			return (struct catalog_asked){*known, name};
		if (rq->method != METHOD_GET &&
		    str_equal(form_text(&rq->form, "action"), *known))
			return (struct catalog_asked){
			    *known, form_text(&rq->form, "which")};
	}
	return none;
}

struct catalog_change catalog_change_of(struct request *rq)
{
	return (struct catalog_change){.db = rq->db,
	    .arena = rq->arena,
	    .actor = &rq->actor,
	    .problem = {"", ""}};
}

enum status catalog_done(struct request *rq, struct response *rs,
    const struct catalog_change *c, const char *path, const char *flash,
    struct err *e)
{
	struct catalog_progress p = {.finished = true};
	enum status st = STATUS_OK;

	if (c->job)
		st = catalog_job_run(rq->db, c->job, JOB_MS, &p, e);
	/* The change itself is made; the worker does what is left. */
	if (st != STATUS_OK || !p.finished)
		response_flash(rq,
		    "%s Its contacts follow; this goes on by itself.", flash);
	else
		response_flash(rq, "%s", flash);
	return response_redirect(rq, rs, path);
}

void catalog_fill(
    struct request *rq, struct node *row, const char *name, uint64_t contacts)
{
	node_set(row, "Name", name);
	node_set(row, "Query", url_escape(rq->arena, name));
	node_set_count(row, "Contacts", contacts);
	node_set_flag(row, "Some", contacts > 0);
	node_set_flag(row, "One", contacts == 1);
}

void catalog_fill_pages(
    struct request *rq, struct node *root, uint64_t total, const char *last)
{
	const char *q = form_text(&rq->params, "q");
	const char *query = url_escape(rq->arena, q);
	bool within = !str_empty(form_text(&rq->params, "after"));

	node_set_count(root, "Total", total);
	node_set(root, "Q", q);
	node_set_flag(root, "Search", *q || total > SEARCH_FROM);
	if (within)
		node_set(root, "First",
		    arena_printf(rq->arena, "%s?q=%s", rq->path, query));
	if (last)
		node_set(root, "Next",
		    arena_printf(rq->arena, "%s?q=%s&after=%s", rq->path, query,
			url_escape(rq->arena, last)));
}
