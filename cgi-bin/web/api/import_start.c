/* import_start.c: gives the consent for an import that waits, and starts it */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "domain/import/intake.h"
#include "web/import_view.h"
#include "web/routes.h"

/* consent=true in a form, or {"consent": true}. */
static bool has_consent(struct request *rq)
{
	struct json_t *body;
	bool consent = false;

	if (rq->json == NULL)
		return str_equal_nocase(
		    form_text(&rq->form, "consent"), "true");
	if (json_parse(rq->arena, rq->json, rq->json_length, &body, NULL) !=
	    STATUS_OK)
		return false;
	return json_bool(json_get(body, "consent"), &consent) && consent;
}

enum status api_import_start(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_row row;
	enum status st = import_row_load(rq, &row, e);

	if (st != STATUS_OK)
		return st;
	if (!has_consent(rq))
		return api_error(rq, rs, 422, "consent-missing",
		    "Confirm with consent=true that the people in the file "
		    "have agreed to be contacted and to profiling (GDPR).",
		    "{\"consent\":\"Must be true.\"}");
	st = intake_confirm(
	    rq->db, rq->arena, row.head.id, &rq->actor, true, true, e);
	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "not-ready",
		    "This import is not waiting to be started.", NULL);
	return st == STATUS_OK ? import_accepted(rq, rs, row.head.id) : st;
}
