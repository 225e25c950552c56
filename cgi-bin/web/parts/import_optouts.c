/* import_optouts.c: opt-outs that an import met, as pages show them */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_optouts.h"

#include "base/clock.h"

static void put_count(struct node *n, const char *name, uint64_t value)
{
	node_set_count(n, name, value);
	node_set_int(node_child(n, name), "Number", (int64_t)value);
}

static void fill_confirmation(
    struct node *n, const struct optin_confirmation *c)
{
	node_set_count(n, "People", c->people);
	node_set(n, "Who", *c->member_name ? c->member_name : "the API");
	node_set(n, "Words", c->words);
	node_set_time(n, "At", c->at, clock_now());
}

enum status optouts_fill(struct request *rq, struct node *root,
    struct import_id id, struct optout_people *people, struct err *e)
{
	struct optin_confirmation c;
	struct node *n;
	uint64_t pass = 0;
	enum status st = import_optout_pass(rq->db, id, &pass, e);

	if (st == STATUS_OK)
		st = import_optout_people(rq->db, id, pass, people, e);
	if (st != STATUS_OK || people->found == 0)
		return st;
	n = node_child(root, "OptOuts");
	put_count(n, "People", people->found);
	put_count(n, "Kept", people->kept);
	put_count(n, "Taken", people->found - people->kept);
	st = import_optin_get(rq->db, rq->arena, id, &c, e);
	if (st == STATUS_OK)
		fill_confirmation(node_child(n, "Confirmed"), &c);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
