/* import_kept.c: what the undo of an import left as it is, and why */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "domain/contact/contact_message.h"
#include "domain/jobs/undo.h"
#include "storage/contact_store.h"
#include "web/parts/import_view.h"
#include "web/parts/undo_view.h"
#include "web/routes.h"

#define KEPT_PAGE 200u

/* A name, or whatever there is, of a contact that may be gone. */
static enum status fill_contact(
    struct request *rq, struct node *n, uint64_t id, struct err *e)
{
	static const enum contact_field fields[] = {FIELD_NAME, FIELD_PHONE,
	    FIELD_EMAIL, FIELD_USER_ID, FIELD_WA_USER_ID};
	struct contact c;
	enum status st = contact_store_get(
	    rq->db, rq->arena, (struct contact_id){id}, false, &c, e);

	node_set_int(n, "Contact", (int64_t)id);
	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	for (size_t i = 0; st == STATUS_OK && i < 5; i++)
		if (*c.value[fields[i]]) {
			node_set(n, "Name", c.value[fields[i]]);
			break;
		}
	node_set_flag(n, "There", st == STATUS_OK);
	return st;
}

static enum status fill_rows(struct request *rq, struct node *root,
    const struct job_kept *rows, size_t count, struct err *e)
{
	struct node *n = NULL;
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		if (!i || rows[i].contact != rows[i - 1].contact) {
			n = node_add(root, "Contacts");
			st = fill_contact(rq, n, rows[i].contact, e);
		}
		struct node *line = node_add(n, "Lines");

		node_set(line, "Field", contact_key_label(rows[i].field));
		node_set(line, "Reason", rows[i].reason);
	}
	return st;
}

enum status page_import_kept(
    struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	unsigned long long after = 0;
	struct import_row row;
	struct job_kept *rows;
	struct job job;
	size_t count;
	enum status st = import_row_load(rq, &row, e);

	if (st == STATUS_OK)
		st = undo_view_load(rq, row.head.id, &job, e);
	if (st != STATUS_OK)
		return st;
	str_to_u64(form_text(&rq->params, "after"), &after);
	st = job_store_kept(
	    rq->db, rq->arena, job.id, after, KEPT_PAGE, &rows, &count, e);
	if (st != STATUS_OK)
		return st;
	node_set(root, "Title",
	    arena_printf(rq->arena, "What was kept of %s", row.head.file_name));
	import_fill(
	    rq->arena, node_child(root, "Import"), &row.head, clock_now());
	node_set_count(root, "Kept", job.counts.kept);
	node_set_flag(root, "Later", after > 0);
	if (count == KEPT_PAGE) {
		/* The last contact may have more lines: it comes whole, on the
		 * next page. */
		uint64_t last = rows[count - 1].contact;

		while (count > 1 && rows[count - 1].contact == last &&
		       rows[0].contact != last)
			count--;
		node_set_int(root, "After", (int64_t)rows[count - 1].contact);
	}
	return fill_rows(rq, root, rows, count, e);
}
