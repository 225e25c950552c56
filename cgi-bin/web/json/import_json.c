/* import_json.c: an import in the answers of the API */
/* SPDX-License-Identifier: MIT */
#include "domain/import/import_json.h"

#include <inttypes.h>

#include "base/json.h"
#include "web/parts/import_view.h"

enum status import_json(struct request *rq, struct import_id id,
    struct response *rs, int code, struct err *e)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	enum status st = import_json_put(&w, rq->db, rq->arena, id, e);

	return st == STATUS_OK ? api_ok(rs, code) : st;
}

enum status import_accepted(
    struct request *rq, struct response *rs, struct import_id id)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "id", (int64_t)id.n);
	json_pair_text(&w, "url",
	    arena_printf(rq->arena, "/api/v1/imports/%" PRIu64, id.n));
	json_close(&w, '}');
	response_header(rq, rs, "Location",
	    arena_printf(rq->arena, "/api/v1/imports/%" PRIu64, id.n));
	return api_ok(rs, 202);
}
