/* frame.c: what stands around every page */
/* SPDX-License-Identifier: MIT */
#include "web/frame.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "storage/hook_store.h"
#include "storage/import_store.h"
#include "storage/job_store.h"
#include "storage/member_store.h"
#include "storage/session_store.h"
#include "storage/setting_store.h"
#include "web/parts/job_view.h"
#include "web/router.h"

#define RUNNING_MAX 3 /* more would push the page itself away */

static const struct {
	const char *path;
	const char *title;
	enum role role;
} navigation[] = {
    {"/contacts", "Contacts", ROLE_VIEWER},
    {"/imports", "Imports", ROLE_VIEWER},
    {"/segments", "Segments", ROLE_VIEWER},
    {"/campaigns", "Campaigns", ROLE_VIEWER},
    {"/tags", "Tags", ROLE_VIEWER},
    {"/attributes", "Attributes", ROLE_VIEWER},
    {"/settings", "Settings", ROLE_ADMIN},
    {"/team", "Team", ROLE_ADMIN},
    {"/privacy", "Privacy", ROLE_ADMIN},
    {"/audit", "Audit", ROLE_ADMIN},
};

static bool is_under(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 &&
	       (path[n] == '\0' || path[n] == '/');
}

static void fill_navigation(struct request *rq, struct node *root)
{
	const char *path = rq->active ? rq->active : rq->path;

	for (size_t i = 0; i < sizeof(navigation) / sizeof(*navigation); i++) {
		struct node *row;

		if (rq->member->role < navigation[i].role ||
		    !router_has(navigation[i].path))
			continue;
		row = node_add(root, "Nav");
		node_set(row, "Title", navigation[i].title);
		node_set(row, "Path", navigation[i].path);
		node_set_flag(
		    row, "Active", is_under(path, navigation[i].path));
	}
}

const char *frame_initials(struct arena *a, const char *name)
{
	const char *end = name + strlen(name);
	char out[16] = "";
	size_t n = 0;
	int letters = 0;
	bool start = true;

	while (name < end && letters < 2) {
		const char *from = name;
		int32_t c = utf8_next(&name, end);
		size_t size = (size_t)(name - from);

		if (start && c >= 0 && !utf8_is_space(c)) {
			memcpy(out + n, from, size);
			n += size;
			letters++;
		}
		start = c < 0 || utf8_is_space(c);
	}
	return arena_strndup(a, out, n);
}

static void fill_member(struct request *rq, struct node *root)
{
	static const char *const words[] = {
	    [ROLE_NONE] = "",
	    [ROLE_VIEWER] = "Viewer",
	    [ROLE_EDITOR] = "Editor",
	    [ROLE_ADMIN] = "Admin",
	};
	const struct member *m = rq->member;
	struct node *n = node_child(root, "Member");

	node_set(n, "Name", m->name);
	node_set(n, "Email", m->email);
	node_set(n, "Role", words[m->role]);
	node_set(n, "Initials", frame_initials(rq->arena, m->name));
	node_set_flag(root, "CanEdit", m->role >= ROLE_EDITOR);
	node_set_flag(root, "CanAdmin", m->role >= ROLE_ADMIN);
}

/* Work that waits or runs, as a line. */
static void fill_work(struct node *root, const char *path, const char *words,
    const char *what, uint64_t done, uint64_t total, bool waiting)
{
	struct node *row = node_add(root, "Running");

	done = done < total ? done : total;
	node_set(row, "Path", path);
	node_set(row, "Words", words);
	node_set(row, "What", what);
	node_set_flag(row, "Waiting", waiting);
	node_set_count(row, "Done", done);
	node_set_count(row, "Total", total);
	node_set_int(row, "Percent", total ? (int64_t)(done * 100 / total) : 0);
}

static void fill_imports(struct request *rq, struct node *root)
{
	struct import_row *rows = NULL;
	struct arena *a = rq->arena;
	size_t n = 0;

	if (import_store_active(rq->db, a, &rows, &n, NULL) != STATUS_OK)
		return;
	for (size_t i = 0; i < n && i < RUNNING_MAX; i++) {
		const struct import *im = &rows[i].head;

		fill_work(root,
		    arena_printf(
			a, "/imports/%llu", (unsigned long long)im->id.n),
		    arena_printf(a, "Importing %s", im->file_name), "rows",
		    im->counts.read, im->total_rows,
		    im->state == IMPORT_QUEUED);
	}
}

static void fill_jobs(struct request *rq, struct node *root)
{
	struct arena *a = rq->arena;
	struct job *rows = NULL;
	size_t n = 0;

	if (job_store_active(rq->db, a, &rows, &n, NULL) != STATUS_OK)
		return;
	for (size_t i = 0; i < n && i < RUNNING_MAX; i++) {
		const struct job *job = &rows[i];
		uint64_t id = job->import.n ? job->import.n : job->id.n;

		fill_work(root,
		    arena_printf(a, "/%s/%llu",
			job->import.n ? "imports" : "jobs",
			(unsigned long long)id),
		    job_view_words(a, job), "contacts", job->counts.seen,
		    job->counts.matched, job->state == JOB_QUEUED);
	}
}

static void fill_running(struct request *rq, struct node *root)
{
	if (rq->has_session && !rq->work)
		return;
	fill_imports(rq, root);
	fill_jobs(rq, root);
}

/* What an admin has to see to, wherever she is. */
static void fill_trouble(struct request *rq, struct node *root)
{
	uint64_t count = 0;

	if (rq->member->role < ROLE_ADMIN ||
	    hook_store_troubled(rq->db, &count, NULL) != STATUS_OK || !count)
		return;
	struct node *row = node_add(root, "Trouble");

	node_set(row, "Path", "/hooks");
	node_set(row, "Link", "Outgoing webhooks");
	node_set(row, "Text",
	    count == 1 ? "A webhook was switched off:"
		       : "Some webhooks were switched off:");
}

static void fill_flash(struct request *rq, struct node *root)
{
	if (str_empty(rq->flash) || !rq->has_session)
		return;
	node_set(root, "Flash", rq->flash);
	if (!rq->head)
		session_store_set_flash(rq->db, rq->session_hash, "", NULL);
}

void frame_fill(struct request *rq, struct response *rs)
{
	struct node *root = view_root(rs->view);
	const char *book = rq->book ? rq->book : "Rubrica";

	if (!rq->book)
		setting_get(rq->db, rq->arena, "book.name", &book, NULL);
	node_set(root, "Book", book);
	node_set(root, "Csrf", rq->csrf);
	node_set(root, "Path", rq->path);
	if (!rq->member)
		return;
	fill_member(rq, root);
	fill_navigation(rq, root);
	fill_running(rq, root);
	fill_trouble(rq, root);
	fill_flash(rq, root);
}
