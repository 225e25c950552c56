/* hook_delivery.c: one delivery of an outgoing webhook */
/* SPDX-License-Identifier: MIT */
#include "storage/hook_delivery_store.h"
#include "storage/hook_store.h"
#include "web/json/hook_json.h"
#include "web/routes.h"

enum status api_hook_delivery(
    struct request *rq, struct response *rs, struct err *e)
{
	struct hook_id id = {rq->path_id};
	struct hook_delivery d;
	struct json_writer w;
	struct hook h;
	enum status st = hook_store_get(rq->db, rq->arena, id, false, &h, e);

	if (st == STATUS_OK)
		st = hook_delivery_get(
		    rq->db, rq->arena, id, rq->path_number, &d, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	hook_json_put_delivery(&w, &d);
	return api_ok(rs, 200);
}
