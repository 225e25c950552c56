/* first_messages.c: the rules that give first messages, and a place to try */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/str.h"
#include "domain/whatsapp/first_message.h"
#include "storage/first_message_rule_store.h"
#include "storage/tag_store.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

#define SUGGESTED 200u /* names that the field for one offers */

static const char *const actions[] = {"change", "delete", NULL};

/* What a message that was typed comes to: a mark at each rule. */
struct trial {
	const char *message; /* NULL: nothing was typed */
	const struct first_message_rule *chosen;
};

static void fill_rule(struct request *rq, struct node *row,
    const struct first_message_rule *r, const struct trial *trial)
{
	node_set_int(row, "Id", (int64_t)r->id);
	node_set_int(row, "Position", (int64_t)r->position);
	node_set(row, "Kind", match_words[r->kind].key);
	node_set(row, "Label", match_words[r->kind].label);
	node_set(row, "Phrase", r->phrase);
	node_set(row, "Gives", r->gives);
	node_set_flag(row, "Chosen", trial->chosen == r);
	node_set_flag(row, "Matches",
	    trial->message &&
		first_message_matches(rq->arena, r, trial->message));
}

static void fill_rules(struct request *rq, struct node *root,
    const struct first_message_rule *rules, size_t n, const struct trial *trial)
{
	for (size_t i = 0; i < n; i++) {
		struct node *row = node_add(root, "Rules");

		fill_rule(rq, row, &rules[i], trial);
		node_set_flag(row, "First", i == 0);
		node_set_flag(row, "Last", i + 1 == n);
	}
	node_set_count(root, "Total", n);
}

static void fill_trial(struct request *rq, struct node *root,
    const struct first_message_rule *rules, size_t n, struct trial *out)
{
	const char *message = form_find(&rq->params, "try");
	struct node *node = node_child(root, "Try");

	*out = (struct trial){.message = NULL};
	if (!message)
		return;
	node_set(node, "Message", message);
	if (!*form_trimmed(rq->arena, &rq->params, "try"))
		return;
	out->message = message;
	out->chosen = first_message_choose(rq->arena, rules, n, message);
	node_set_flag(node, "Done", true);
	if (!out->chosen)
		return;
	node_set_int(node, "Position", (int64_t)out->chosen->position);
	node_set(node, "Label", match_words[out->chosen->kind].label);
	node_set(node, "Phrase", out->chosen->phrase);
	node_set(node, "Gives", out->chosen->gives);
}

static void fill_kinds(struct node *root)
{
	static const char *const labels[MATCH_KINDS] = {
	    [MATCH_IS] = "is exactly",
	    [MATCH_STARTS_WITH] = "starts with",
	    [MATCH_WORD] = "has the word or words",
	    [MATCH_CONTAINS] = "contains, within words too",
	};

	for (int k = 0; k < MATCH_KINDS; k++) {
		struct node *row = node_add(root, "Kinds");

		node_set(row, "Value", match_words[k].key);
		node_set(row, "Label", labels[k]);
	}
}

static enum status fill_names(
    struct request *rq, struct node *root, struct err *e)
{
	struct tag *tags;
	size_t n;
	enum status st = tag_store_list(
	    rq->db, rq->arena, "first_message", false, &tags, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n && i < SUGGESTED; i++)
		node_set(node_add(root, "Names"), "Name", tags[i].name);
	return st;
}

static const struct first_message_rule *find(
    const struct first_message_rule *rules, size_t n, const char *id)
{
	unsigned long long number = 0;

	if (str_to_u64(id, &number))
		for (size_t i = 0; i < n; i++)
			if (rules[i].id == number)
				return &rules[i];
	return NULL;
}

/* The form at hand: as it was sent, or the rule that it is about. */
static void fill_form(struct request *rq, struct node *root,
    const struct first_message_rule *rule)
{
	const char *kind = form_find(&rq->form, "kind");
	const char *phrase = form_find(&rq->form, "phrase");
	const char *gives = form_find(&rq->form, "first_message");

	node_set(root, "Form.kind",
	    kind   ? kind
	    : rule ? match_words[rule->kind].key
		   : match_words[MATCH_WORD].key);
	node_set(
	    root, "Form.phrase", phrase ? phrase : (rule ? rule->phrase : ""));
	node_set(root, "Form.first_message",
	    gives ? gives : (rule ? rule->gives : ""));
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct catalog_asked asked = catalog_asked(rq, actions);
	const struct first_message_rule *rule = NULL;
	struct first_message_rule *rules;
	struct trial trial;
	size_t n;
	enum status st =
	    first_message_rule_list(rq->db, rq->arena, false, &rules, &n, e);

	if (st != STATUS_OK)
		return st;
	if (*asked.action) {
		rule = find(rules, n, asked.name);
		if (!rule)
			return ERR(e, STATUS_NOT_FOUND, "no such rule");
		node_set(root, "Change.Action", asked.action);
		fill_rule(rq, node_child(root, "Change"), rule,
		    &(struct trial){.message = NULL});
	}
	fill_trial(rq, root, rules, n, &trial);
	fill_rules(rq, root, rules, n, &trial);
	fill_kinds(root);
	fill_form(rq, root, rule);
	rq->active = "/tags";
	return fill_names(rq, root, e);
}

/* --- changes --- */

/* What the form says of a rule; false for a kind that is none. */
static bool read_rule(struct request *rq, struct first_message_change *c,
    struct first_message_rule *out)
{
	int kind = match_kind_find(form_text(&rq->form, "kind"));

	out->kind = kind < 0 ? MATCH_IS : (enum match_kind)kind;
	out->phrase = form_trimmed(rq->arena, &rq->form, "phrase");
	out->gives = form_trimmed(rq->arena, &rq->form, "first_message");
	if (kind < 0)
		c->problem = (struct catalog_problem){
		    "kind", "Choose how the message is compared."};
	return kind >= 0;
}

/* One step up or down. */
static enum status step(
    struct request *rq, struct first_message_change *c, struct err *e)
{
	bool up = form_find(&rq->form, "up") != NULL;
	const char *id = form_text(&rq->form, up ? "up" : "down");
	struct first_message_rule *rules;
	size_t n;
	enum status st =
	    first_message_rule_list(rq->db, rq->arena, false, &rules, &n, e);

	if (st != STATUS_OK)
		return st;
	const struct first_message_rule *found = find(rules, n, id);

	if (!found)
		return ERR(e, STATUS_NOT_FOUND, "no such rule");
	struct first_message_rule moved = *found;
	size_t at = (size_t)(found - rules);

	moved.position = up ? (at ? at : 1) : at + 2;
	return first_message_edit(c, &moved, e);
}

static enum status change(struct request *rq, struct first_message_change *c,
    const char **flash, struct err *e)
{
	const char *action = form_text(&rq->form, "action");
	struct first_message_rule rule = {.id = 0};
	unsigned long long id = 0;

	str_to_u64(form_text(&rq->form, "which"), &id);
	rule.id = id;
	*flash = "The order is changed.";
	if (str_equal(action, "move"))
		return step(rq, c, e);
	*flash = "The rule is deleted.";
	if (str_equal(action, "delete"))
		return first_message_remove(c, id, e);
	if (!str_equal(action, "add") && !str_equal(action, "change"))
		return ERR(e, STATUS_NOT_FOUND, "no such action");
	if (!read_rule(rq, c, &rule))
		return ERR(e, STATUS_INVALID, "no such kind");
	if (str_equal(action, "add")) {
		*flash = "The rule is added.";
		return first_message_add(c, &rule, e);
	}
	*flash = "The rule is changed.";
	return first_message_edit(c, &rule, e);
}

enum status page_first_messages(
    struct request *rq, struct response *rs, struct err *e)
{
	struct first_message_change c = {.db = rq->db,
	    .arena = rq->arena,
	    .actor = &rq->actor,
	    .problem = {"", ""}};
	const char *flash = "";

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	enum status st = change(rq, &c, &flash, e);

	if (st == STATUS_OK) {
		response_flash(rq, "%s", flash);
		return response_redirect(rq, rs, "/first-messages");
	}
	if (st != STATUS_INVALID)
		return st;
	view_error(rs->view, c.problem.field, c.problem.text);
	st = show(rq, rs, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}
