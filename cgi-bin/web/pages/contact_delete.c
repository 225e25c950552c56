/* contact_delete.c: deleting a contact, once it was asked */
/* SPDX-License-Identifier: MIT */
#include "storage/contact_store.h"
#include "web/contact_view.h"
#include "web/routes.h"

enum status page_contact_delete(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct node *root = view_root(rs->view);
	struct contact c;
	enum status st = contact_store_get(rq->db, rq->arena, id, false, &c, e);

	if (st != STATUS_OK)
		return st;
	const char *title = contact_view_title(rq->arena, &c);

	if (rq->method == METHOD_GET) {
		node_set_int(root, "Id", (int64_t)id.n);
		node_set(root, "Name", title);
		return STATUS_OK;
	}
	st = contact_remove(rq->db, rq->arena, &rq->actor, id, e);
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "%s is deleted.", title);
	return response_redirect(rq, rs, "/contacts");
}
