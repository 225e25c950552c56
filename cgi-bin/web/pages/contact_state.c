/* contact_state.c: a chat goes to another state */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_state.h"

#include <inttypes.h>

#include "base/str.h"
#include "domain/contact/contact.h"
#include "web/routes.h"

/* The error page: what the contact is now and what it may become. */
static enum status refuse(struct request *rq, struct response *rs,
    const struct contact_result *r, struct err *e)
{
	const char *now = r->contact.value[FIELD_STATE];

	rs->code = 409;
	if (r->in_trash)
		rs->message = "This contact is in the trash, so its state "
			      "stays. Restore it first.";
	else if (r->conflict_count)
		rs->message = arena_printf(rq->arena,
		    "Somebody else changed the state meanwhile: it is %s now. "
		    "Look at the contact again.",
		    *now ? contact_state_label(now) : "none");
	else {
		rs->code = 422;
		rs->message = r->message_count ? r->messages[0].text : NULL;
	}
	return ERR(e, STATUS_CONFLICT, "the state stays");
}

enum status page_contact_state(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	const char *state = form_text(&rq->form, "state");
	struct contact_draft draft = {.value[FIELD_STATE] = state};
	struct contact_result result;
	unsigned long long version = 0;

	str_to_u64(form_text(&rq->form, "version"), &version);
	enum status st = contact_change(
	    rq->db, rq->arena, &rq->actor, id, version, &draft, &result, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return refuse(rq, rs, &result, e);
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "The state is %s now.",
	    contact_state_label(result.contact.value[FIELD_STATE]));
	return response_redirect(
	    rq, rs, arena_printf(rq->arena, "/contacts/%" PRIu64, id.n));
}
