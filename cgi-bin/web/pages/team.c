/* team.c: the members of the team: add, change, disable */
/* SPDX-License-Identifier: MIT */
/*
 * One page with several forms; the field "action" says which was sent. The
 * forms of one member stand in a panel of their own, which the address
 * /team?change=7 opens, and a form in error opens again.
 */
#include "base/clock.h"
#include "base/str.h"
#include "domain/account.h"
#include "storage/member_store.h"
#include "web/routes.h"

static const struct {
	enum role role;
	const char *label;
} roles[] = {
    {ROLE_VIEWER, "Viewer: sees and exports"},
    {ROLE_EDITOR, "Editor: changes contacts, imports"},
    {ROLE_ADMIN, "Admin: team and settings too"},
};

static void fill_roles(struct node *root)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		struct node *row = node_add(root, "Roles");

		node_set(row, "Value", role_word(roles[i].role));
		node_set(row, "Label", roles[i].label);
	}
}

static void fill_member(
    struct request *rq, struct node *root, const struct member *m)
{
	static const char *const words[] = {
	    [ROLE_NONE] = "",
	    [ROLE_VIEWER] = "Viewer",
	    [ROLE_EDITOR] = "Editor",
	    [ROLE_ADMIN] = "Admin",
	};
	struct node *row = node_add(root, "Members");

	node_set_int(row, "Id", (int64_t)m->id.n);
	node_set(row, "Name", m->name);
	node_set(row, "Email", m->email);
	node_set(row, "Role", role_word(m->role));
	node_set(row, "RoleLabel", words[m->role]);
	node_set_flag(row, "Disabled", m->disabled);
	node_set_flag(row, "Self", m->id.n == rq->member->id.n);
	node_set_time(row, "LastLogin", m->last_login_at, clock_now());
}

/* The number of the member whose panel is open, "" for none. */
static const char *changed_id(struct request *rq)
{
	const char *id = form_find(&rq->form, "id");

	return id ? id : form_text(&rq->params, "change");
}

static void fill_change(
    struct request *rq, struct node *root, const struct member *m)
{
	const char *action = form_text(&rq->form, "action");
	struct node *n = node_child(root, "Change");

	node_set_int(n, "Id", (int64_t)m->id.n);
	node_set(n, "Name", m->name);
	node_set(n, "NewName",
	    str_equal(action, "name") ? form_text(&rq->form, "name") : m->name);
	node_set(n, "Email", m->email);
	node_set(n, "Role", role_word(m->role));
	node_set_flag(n, "Disabled", m->disabled);
}

static void fill_form(struct request *rq, struct node *root)
{
	const char *role = form_text(&rq->form, "role");

	if (!str_equal(form_text(&rq->form, "action"), "add"))
		return;
	node_set(root, "Form.name", form_text(&rq->form, "name"));
	node_set(root, "Form.email", form_text(&rq->form, "email"));
	node_set(root, "Form.role", role);
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct member *members;
	unsigned long long id;
	size_t n;
	enum status st = member_store_list(rq->db, rq->arena, &members, &n, e);

	if (st != STATUS_OK)
		return st;
	fill_roles(root);
	for (size_t i = 0; i < n; i++) {
		fill_member(rq, root, &members[i]);
		if (str_to_u64(changed_id(rq), &id) && id == members[i].id.n)
			fill_change(rq, root, &members[i]);
	}
	node_set_count(root, "Count", n);
	fill_form(rq, root);
	return STATUS_OK;
}

/* The field of the page that a problem belongs to: the panel's fields have
 * other names than those of the form for a new member. */
static const char *field_of(const char *action, const char *field)
{
	if (str_equal(action, "add"))
		return field;
	if (str_equal(action, "name"))
		return "new_name";
	if (str_equal(action, "password"))
		return "new_password";
	return str_equal(action, "role") ? "new_role" : "access";
}

static enum status show_again(struct request *rq, struct response *rs,
    const struct account_problem *p, struct err *e)
{
	const char *action = form_text(&rq->form, "action");
	enum status st = show(rq, rs, e);

	if (st != STATUS_OK)
		return st;
	view_error(rs->view, field_of(action, p->field), p->text);
	return STATUS_INVALID;
}

static enum status done(struct request *rq, struct response *rs)
{
	return response_redirect(rq, rs, "/team");
}

static enum status add(
    struct request *rq, struct account_problem *p, struct err *e)
{
	const char *name = form_trimmed(rq->arena, &rq->form, "name");
	const char *email = form_trimmed(rq->arena, &rq->form, "email");
	struct member_id id;
	enum status st = account_create(rq->db, rq->arena, &rq->actor, email,
	    name, form_text(&rq->form, "password"),
	    role_of(form_text(&rq->form, "role")), &id, p, e);

	if (st == STATUS_OK)
		response_flash(
		    rq, "%s can log in now. Tell them the password.", name);
	return st;
}

static enum status set_name(struct request *rq, const struct member *m,
    struct account_problem *p, struct err *e)
{
	const char *name = form_trimmed(rq->arena, &rq->form, "name");
	enum status st = account_rename(rq->db, &rq->actor, m->id, name, p, e);

	if (st == STATUS_OK)
		response_flash(rq, "%s is called %s now.", m->name, name);
	return st;
}

static enum status set_password(struct request *rq, const struct member *m,
    struct account_problem *p, struct err *e)
{
	bool own = m->id.n == rq->member->id.n;
	enum status st = account_set_password(rq->db, &rq->actor, m->id,
	    form_text(&rq->form, "password"), own ? rq->session_hash : NULL, p,
	    e);

	if (st == STATUS_OK)
		response_flash(rq, "%s has a new password.", m->name);
	return st;
}

static enum status set_access(struct request *rq, const struct member *m,
    enum role role, bool disabled, const char *what, struct account_problem *p,
    struct err *e)
{
	enum status st =
	    account_set_access(rq->db, &rq->actor, m->id, role, disabled, p, e);

	if (st == STATUS_OK)
		response_flash(rq, "%s %s", m->name, what);
	return st;
}

static enum status change(struct request *rq, const char *action,
    struct account_problem *p, struct err *e)
{
	unsigned long long id = 0;
	struct member m;
	enum status st;

	if (!str_to_u64(form_text(&rq->form, "id"), &id))
		return ERR(e, STATUS_NOT_FOUND, "no member");
	st = member_store_get(rq->db, rq->arena, (struct member_id){id}, &m, e);
	if (st != STATUS_OK)
		return st;
	if (str_equal(action, "name"))
		return set_name(rq, &m, p, e);
	if (str_equal(action, "password"))
		return set_password(rq, &m, p, e);
	if (str_equal(action, "role"))
		return set_access(rq, &m, role_of(form_text(&rq->form, "role")),
		    m.disabled, "has another role now.", p, e);
	if (str_equal(action, "disable"))
		return set_access(
		    rq, &m, m.role, true, "can no longer log in.", p, e);
	if (str_equal(action, "enable"))
		return set_access(
		    rq, &m, m.role, false, "can log in again.", p, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}

enum status page_team(struct request *rq, struct response *rs, struct err *e)
{
	const char *action = form_text(&rq->form, "action");
	struct account_problem p = {"", ""};
	enum status st;

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	st = str_equal(action, "add") ? add(rq, &p, e)
				      : change(rq, action, &p, e);
	if (st == STATUS_INVALID)
		return show_again(rq, rs, &p, e);
	return st == STATUS_OK ? done(rq, rs) : st;
}
