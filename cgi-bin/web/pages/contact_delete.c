/* contact_delete.c: a contact into the trash, once it was asked */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/trash.h"
#include "storage/contact_store.h"
#include "storage/setting_store.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

enum status page_contact_delete(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct node *root = view_root(rs->view);
	struct contact c;
	uint64_t days = 0;
	enum status st = contact_store_get(rq->db, rq->arena, id, false, &c, e);

	if (st == STATUS_OK)
		st = setting_get_u64(rq->db, "trash.days", &days, e);
	if (st != STATUS_OK)
		return st;
	const char *title = contact_view_title(rq->arena, &c);

	if (c.trashed_at)
		rs->message = "This contact is in the trash already.";
	if (c.trashed_at)
		return ERR(e, STATUS_NOT_FOUND, "in the trash");
	if (rq->method == METHOD_GET) {
		node_set_int(root, "Id", (int64_t)id.n);
		node_set(root, "Name", title);
		node_set_int(root, "Days", (int64_t)days);
		return STATUS_OK;
	}
	st = trash_put(rq->db, rq->arena, &rq->actor, id, e);
	if (st != STATUS_OK)
		return st;
	response_flash(
	    rq, "%s is in the trash, and can be restored there.", title);
	return response_redirect(rq, rs, "/contacts");
}
