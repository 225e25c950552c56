/* import.c: rubrica import: a file of this machine into the book */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/session.h"
#include "domain/import/confirm.h"
#include "domain/import/intake.h"
#include "storage/member_store.h"

#define WAIT_MS 20

static enum status say_messages(
    const struct intake_messages *m, int refusal, const char *text)
{
	if (refusal >= 0)
		return cli_refuse("%s [%s]", text, problem_infos[refusal].code);
	for (size_t i = 0; i < m->count; i++)
		cli_refuse("%s: %s", m->items[i].field, m->items[i].text);
	return STATUS_INVALID;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* "segment=Spring", "country=IN", "name_rule=any" ... */
static void set_option(
    struct arena *a, struct intake_options *o, const char *text)
{
	const char *value = strchr(text, '=');

	if (!value || o->rule_count == 32)
		return;
	const char *name = arena_strndup(a, text, (size_t)(value - text));

	value++;
	if (str_equal(name, "format"))
		o->format = value;
	else if (str_equal(name, "header"))
		o->header = value;
	else if (str_equal(name, "segment"))
		o->segment = value;
	else if (str_equal(name, "tags"))
		o->tags = value;
	else if (str_equal(name, "mapping"))
		o->mapping_json = value;
	else if (str_equal(name, "last_mapping"))
		o->last_mapping = str_equal(value, "true");
	else {
		o->rule_names[o->rule_count] = name;
		o->rule_values[o->rule_count++] = value;
	}
}

static enum status upload(struct cli_session *s, const char *path,
    const struct intake_options *o, struct import_id *id)
{
	struct intake_messages messages = {0};
	struct stat file;
	const char *text = "";
	int refusal = -1;

	if (stat(path, &file) != 0 || !S_ISREG(file.st_mode))
		return cli_refuse("There is no file %s.", path);
	enum status st = intake_upload(s->db, &s->arena, &s->actor, o,
	    base_name(path), path, 0, (uint64_t)file.st_size, id, &messages,
	    &refusal, &text, &s->err);

	if (st == STATUS_INVALID)
		return say_messages(&messages, refusal, text);
	return st;
}

static enum status map(
    struct cli_session *s, struct import_id id, const char *json)
{
	struct import_plan plan = {0};
	struct map_messages messages = {0};
	const char *text = "";
	int refusal = -1;
	enum status st = plan_load(s->db, &s->arena, id, &plan, &s->err);

	if (st == STATUS_OK && !str_empty(json))
		map_apply_json(&s->arena, json, &plan.book, plan.header,
		    plan.column_count, &plan.mapping, &messages);
	if (st == STATUS_OK && messages.count)
		st = STATUS_INVALID;
	if (st == STATUS_OK)
		st = plan_map(s->db, &s->arena, &s->actor, &plan, false,
		    &messages, &refusal, &text, &s->err);
	if (st != STATUS_INVALID)
		return st;
	for (size_t i = 0; i < messages.count; i++)
		cli_refuse("column %u: %s", messages.items[i].column,
		    messages.items[i].text);
	return refusal >= 0 ? cli_refuse("%s", text) : st;
}

static void print_result(const struct import *i)
{
	const struct import_counts *c = &i->counts;

	printf("import %llu %s: %llu rows: %llu created, %llu updated,"
	       " %llu unchanged, %llu skipped, %llu rejected\n",
	    (unsigned long long)i->id.n, import_state_word(i->state),
	    (unsigned long long)c->read, (unsigned long long)c->created,
	    (unsigned long long)c->updated, (unsigned long long)c->unchanged,
	    (unsigned long long)c->skipped, (unsigned long long)c->rejected);
	if (*i->refusal_code)
		printf("%s [%s]\n", i->refusal_message, i->refusal_code);
}

static enum status wait_for(struct cli_session *s, struct import_id id)
{
	struct import_row row;
	enum status st = STATUS_OK;

	while (st == STATUS_OK) {
		st = import_store_get(s->db, &s->arena, id, &row, &s->err);
		if (st != STATUS_OK)
			return st;
		if (row.head.finished_at || row.head.state == IMPORT_READY)
			break;
		clock_sleep(WAIT_MS);
	}
	print_result(&row.head);
	return row.head.state == IMPORT_DONE || row.head.state == IMPORT_READY
		   ? STATUS_OK
		   : STATUS_INVALID;
}

/* The words after the file are options, name=value; "consent" confirms what
 * the consent page says; "check" only tells what the import would do;
 * "nowait" leaves the import to the worker. */
int command_import(int argc, char **argv)
{
	struct cli_session s;
	struct intake_options o = {0};
	struct member admin;
	struct import_id id = {0};
	bool consent = false;
	bool wait = true;
	bool check = false;

	cli_open(&s, false);
	for (int i = 1; i < argc; i++) {
		consent |= str_equal(argv[i], "consent");
		check |= str_equal(argv[i], "check");
		wait &= !str_equal(argv[i], "nowait");
		set_option(&s.arena, &o, argv[i]);
	}
	enum status st =
	    member_store_first_admin(s.db, &s.arena, &admin, &s.err);

	s.actor.member = admin.id;
	if (st == STATUS_OK && (argc < 1 || !(consent || check)))
		st = cli_refuse(
		    "Name a file, and say consent: %s", consent_words());
	if (st == STATUS_OK)
		st = upload(&s, argv[0], &o, &id);
	if (st == STATUS_OK)
		st = map(&s, id, o.mapping_json);
	if (st == STATUS_OK && check)
		st = import_check(s.db, &s.arena, id, &s.err);
	else if (st == STATUS_OK)
		st = import_confirm(
		    s.db, &s.arena, id, &s.actor, true, true, &s.err);
	if (st == STATUS_OK && wait)
		st = wait_for(&s, id);
	else if (st == STATUS_OK)
		printf("import %llu queued\n", (unsigned long long)id.n);
	return cli_close(&s, st, "importing");
}
