/* suppressions.c: the list of who is not to come back by a file */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/phone.h"
#include "base/str.h"
#include "domain/privacy/opt_out.h"
#include "storage/audit_store.h"
#include "storage/suppression_store.h"
#include "web/routes.h"

#define PATH "/suppressions"
#define REASON_MAX 200u

static const char *reason_text(enum suppression_reason r)
{
	return r == SUPPRESSION_ERASED ? "Erased at their request"
				       : "Opted out";
}

static const char *origin_text(const char *origin)
{
	static const char *const texts[][2] = {
	    {"erasure", "by an erasure"},
	    {"purge", "when the contact left the trash for good"},
	    {"opt_out_file", "by a list of opt-outs"},
	    {"page", "on this page"},
	    {"api", "through the API"},
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (str_equal(texts[i][0], origin))
			return texts[i][1];
	return origin;
}

static enum status fill_counts(
    struct request *rq, struct node *root, struct err *e)
{
	struct suppression_count *rows;
	size_t count = 0;
	uint64_t all = 0;
	enum status st =
	    suppression_store_counts(rq->db, rq->arena, &rows, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		struct node *n = node_add(root, "Counts");

		node_set(n, "Reason", reason_text(rows[i].reason));
		node_set(n, "Origin", origin_text(rows[i].origin));
		node_set_count(n, "Keys", rows[i].keys);
		node_set_time(n, "Last", rows[i].last, clock_now());
		all += rows[i].keys;
	}
	node_set_count(root, "Count", all);
	return st;
}

/* --- one key --- */

static void fill_people(struct node *n, const struct opt_out_key *key)
{
	for (size_t i = 0; i < key->found.count; i++) {
		const struct contact *c = &key->found.people[i].contact;
		struct node *one = node_add(n, "People");

		node_set_int(one, "Id", (int64_t)c->id.n);
		node_set(one, "Name", c->value[FIELD_NAME]);
		node_set_flag(one, "Trashed", c->trashed_at != 0);
		node_set_flag(one, "Out",
		    str_equal(c->value[FIELD_WHATSAPP_OPTED], "no"));
	}
}

static enum status fill_found(struct request *rq, struct node *root,
    const struct opt_out_key *key, struct err *e)
{
	struct node *n = node_child(root, "Found");
	const char *origin = "";
	char pretty[40];

	if (key->by == PERSON_BY_PHONE)
		phone_pretty(key->found.value, pretty);
	node_set(
	    n, "Key", key->by == PERSON_BY_PHONE ? pretty : key->found.value);
	node_set_flag(n, "Listed", key->listed.listed);
	fill_people(n, key);
	if (!key->listed.listed)
		return STATUS_OK;
	enum status st = suppression_store_origin(
	    rq->db, rq->arena, &key->listed, &origin, e);

	node_set(n, "Reason", reason_text(key->listed.reason));
	node_set(n, "Origin", origin_text(origin));
	node_set_time(n, "At", key->listed.at, clock_now());
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* A look-up is in the audit log, without what was looked up. */
static enum status look_up(
    struct request *rq, struct response *rs, struct err *e)
{
	struct opt_out_key key;
	enum status st = opt_out_find(rq->db, rq->arena,
	    form_trimmed(rq->arena, &rq->form, "key"), &key, e);

	if (st == STATUS_INVALID)
		view_error(rs->view, "key", key.message);
	if (st != STATUS_OK)
		return st;
	st = audit_add(rq->db, &rq->actor, "suppression.look", "suppression",
	    key.listed.listed ? "listed" : "not listed", e);
	return st == STATUS_OK ? fill_found(rq, view_root(rs->view), &key, e)
			       : st;
}

static void tell_added(struct request *rq, const struct opt_out_result *r)
{
	if (r->contacts)
		response_flash(rq,
		    "%zu %s of the book %s opted out now. Nothing is put on "
		    "the list of who is not in the book.",
		    r->contacts, r->contacts == 1 ? "contact" : "contacts",
		    r->contacts == 1 ? "is" : "are");
	else if (r->listed)
		response_flash(rq, "It is on the list now.");
	else
		response_flash(
		    rq, "There was nothing to do: it was opted out already.");
}

/* The reason is asked for, and kept in the audit log, from which nobody can be
 * erased. */
static bool reason_read(struct request *rq, struct response *rs, bool asked,
    const struct opt_out_key *key, const char **reason)
{
	*reason = form_trimmed(rq->arena, &rq->form, "reason");
	if (asked && !**reason)
		view_error(rs->view, "reason",
		    "Say why it leaves the list: the audit log keeps it.");
	else if (strlen(*reason) > REASON_MAX)
		view_error(
		    rs->view, "reason", "Write it in at most 200 characters.");
	else if (asked && opt_out_names(rq->arena, key, *reason))
		view_error(rs->view, "reason",
		    "Leave the number or address out: the audit log keeps this "
		    "for good.");
	else
		return true;
	return false;
}

static enum status change(
    struct request *rq, struct response *rs, bool lift, struct err *e)
{
	struct opt_out_key key;
	struct opt_out_result added = {0};
	uint64_t lifted = 0;
	const char *reason;
	enum status st = opt_out_find(rq->db, rq->arena,
	    form_trimmed(rq->arena, &rq->form, "key"), &key, e);

	if (st == STATUS_INVALID)
		view_error(rs->view, "key", key.message);
	if (st != STATUS_OK)
		return st;
	if (!reason_read(rq, rs, lift, &key, &reason)) {
		st = fill_found(rq, view_root(rs->view), &key, e);
		return st == STATUS_OK ? STATUS_INVALID : st;
	}
	st = lift ? opt_out_lift(
			rq->db, rq->arena, &rq->actor, &key, reason, &lifted, e)
		  : opt_out_key(
			rq->db, rq->arena, &rq->actor, &key, reason, &added, e);
	if (st == STATUS_NOT_FOUND)
		response_flash(rq, "It is not on the list any more.");
	else if (st != STATUS_OK)
		return st;
	else if (lift)
		response_flash(rq,
		    "It is off the list%s: a file can bring the person in "
		    "again.",
		    lifted > 1 ? ", with the person's other keys" : "");
	else
		tell_added(rq, &added);
	return response_redirect(rq, rs, PATH);
}

enum status page_suppressions(
    struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	const char *act = form_text(&rq->form, "act");
	enum status st = STATUS_OK;

	rq->active = "/privacy";
	node_set(root, "Key", form_text(&rq->form, "key"));
	node_set(root, "Reason", form_text(&rq->form, "reason"));
	if (rq->method == METHOD_POST)
		st = str_equal(act, "add")    ? change(rq, rs, false, e)
		     : str_equal(act, "lift") ? change(rq, rs, true, e)
					      : look_up(rq, rs, e);
	if (st == STATUS_DENIED) {
		rs->message = SUPPRESSION_OTHER_KEY;
		return st;
	}
	if ((st != STATUS_OK && st != STATUS_INVALID) || rs->code == 303)
		return st;
	enum status filled = fill_counts(rq, root, e);

	return filled == STATUS_OK ? st : filled;
}
