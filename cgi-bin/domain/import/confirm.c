/* confirm.c: consent, the start of an import, and its end before that */
/* SPDX-License-Identifier: MIT */
#include "domain/import/confirm.h"

#include <stdio.h>

#include "domain/import/import_audit.h"
#include "domain/import/last_mapping.h"
#include "storage/hook_event_store.h"
#include "storage/import_optout_store.h"

const char *consent_words_version(void)
{
	return "2026-1";
}

const char *consent_words(void)
{
	return "I confirm that every person in this file has given consent,"
	       " under the General Data Protection Regulation (EU) 2016/679,"
	       " to having these data kept and to being contacted with them;"
	       " that this consent can be shown on request; and that people"
	       " who withdrew it are not in the file. I confirm as well that"
	       " these people have consented to profiling: to having their"
	       " data analysed in order to send them messages that fit.";
}

struct confirmation {
	struct import_id id;
	enum import_state from;
	const struct actor *actor;
	bool consent; /* its rows need one */
};

static enum status confirm(struct db *db, void *arg, struct err *e)
{
	const struct confirmation *c = arg;
	const struct consent consent = {
	    .words_version = consent_words_version(),
	    .words = consent_words(),
	    .gdpr = true,
	    .profiling = true,
	};
	enum status st = import_store_confirm(db, c->id, c->from, e);

	if (st != STATUS_OK)
		return st;
	if (c->consent)
		st = consent_store_insert(db, c->id, &consent, c->actor, e);
	if (st != STATUS_OK)
		return st;
	return import_audit(db, c->actor, "import.confirmed", c->id, "", e);
}

static enum status try_to_confirm(struct db *db, struct arena *a,
    struct import_id id, const struct actor *actor, bool gdpr, bool profiling,
    bool *again, struct err *e)
{
	struct import_plan p = {0};
	enum status st = plan_load(db, a, id, &p, e);

	if (st != STATUS_OK)
		return st;
	bool consent = !p.format->optout;

	if (consent && (!gdpr || !profiling))
		return STATUS_INVALID;
	enum import_state state = p.row.head.state;

	if (state != IMPORT_MAPPED && state != IMPORT_CHECKING &&
	    state != IMPORT_READY)
		return ERR(e, STATUS_CONFLICT, "import %llu is %s",
		    (unsigned long long)id.n, import_state_word(state));
	struct confirmation c = {id, state, actor, consent};

	st = db_transact(db, confirm, &c, e);
	*again = st == STATUS_CONFLICT;
	if (st != STATUS_OK || !consent)
		return st;
	return last_mapping_keep(db, a, actor->member, &p, e);
}

/* A check that comes to its end in between leaves the import in another
 * state, from which it is confirmed as well. */
enum status import_confirm(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, bool gdpr, bool profiling, struct err *e)
{
	enum status st;
	bool again;

	do {
		again = false;
		st = try_to_confirm(
		    db, a, id, actor, gdpr, profiling, &again, e);
	} while (again);
	return st;
}

const char *optin_words(struct arena *a, uint64_t people)
{
	const char *who = people == 1 ? "the one person of this file who opted "
					"out of WhatsApp messages has"
				      : NULL;

	if (!who)
		who = arena_printf(a,
		    "the %llu people of this file who opted out of WhatsApp "
		    "messages have",
		    (unsigned long long)people);
	return arena_printf(a,
	    "I confirm that %s opted in again since then, that this can be "
	    "shown on request, and that this import is to overturn the "
	    "opt-out%s.",
	    who, people == 1 ? "" : "s");
}

struct optin {
	struct arena *arena;
	struct import_row *row;
	const struct actor *actor;
	uint64_t people;
	bool recheck;
};

/* What the confirmation covers; INVALID: not what the check found. */
static enum status cover(struct db *db, const struct optin *o,
    struct optin_confirmation *c, struct err *e)
{
	struct optout_people found = {0};
	struct import_id id = o->row->head.id;

	c->checked = o->row->head.state == IMPORT_READY;
	if (!c->checked)
		return STATUS_OK;
	enum status st = import_optout_pass(db, id, &c->pass, e);

	if (st == STATUS_OK)
		st = import_optout_people(db, id, c->pass, &found, e);
	if (st == STATUS_OK && (!found.found || found.found != o->people))
		return STATUS_INVALID;
	return st;
}

static enum status confirm_optins(struct db *db, void *arg, struct err *e)
{
	const struct optin *o = arg;
	struct import_row row = *o->row;
	enum import_state from = row.head.state;
	struct optin_confirmation c = {
	    .people = o->people,
	    .words_version = consent_words_version(),
	    .words = optin_words(o->arena, o->people),
	};
	enum status st = cover(db, o, &c, e);

	if (st != STATUS_OK)
		return st;
	if (o->recheck)
		row.head.state = IMPORT_CHECKING;
	/* Also where nothing changes: the import is locked, and not started. */
	st = o->recheck ? import_store_update(db, &row, from, e)
			: import_store_hold(db, row.head.id, from, e);
	if (st == STATUS_OK)
		st = import_optin_put(db, row.head.id, &c, o->actor, e);
	if (st != STATUS_OK)
		return st;
	return import_audit(db, o->actor, "import.optins", row.head.id,
	    arena_printf(
		o->arena, "%llu people", (unsigned long long)o->people),
	    e);
}

enum status import_confirm_optins(struct db *db, struct arena *a,
    struct import_id id, const struct actor *actor, uint64_t people,
    bool recheck, struct err *e)
{
	struct import_row row;
	enum status st = import_store_get(db, a, id, &row, e);

	if (st != STATUS_OK)
		return st;
	if (row.head.state != IMPORT_READY &&
	    (recheck || row.head.state != IMPORT_MAPPED))
		return ERR(e, STATUS_CONFLICT, "import %llu is %s",
		    (unsigned long long)id.n,
		    import_state_word(row.head.state));
	struct optin o = {a, &row, actor, people, recheck};

	return db_transact(db, confirm_optins, &o, e);
}

static enum status cancel(struct db *db, void *arg, struct err *e)
{
	const struct confirmation *c = arg;
	enum status st =
	    c->from == IMPORT_RUNNING
		? import_store_ask_cancel(db, c->id, e)
		: import_store_move(db, c->id, c->from, IMPORT_CANCELLED, e);

	/* Of one that runs, the worker tells. */
	if (st == STATUS_OK &&
	    (c->from == IMPORT_QUEUED || c->from == IMPORT_PAUSED))
		st = hook_event_import(db, c->id, e);
	if (st != STATUS_OK)
		return st;
	return import_audit(db, c->actor, "import.cancelled", c->id, "", e);
}

enum status import_cancel(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, struct err *e)
{
	struct import_row row;
	enum status st = import_store_get(db, a, id, &row, e);

	if (st != STATUS_OK)
		return st;
	struct confirmation c = {id, row.head.state, actor, false};

	switch (row.head.state) {
	case IMPORT_UPLOADED:
	case IMPORT_MAPPED:
	case IMPORT_CHECKING:
	case IMPORT_READY:
	case IMPORT_QUEUED:
	case IMPORT_RUNNING:
	case IMPORT_PAUSED:
		return db_transact(db, cancel, &c, e);
	case IMPORT_UPLOADING:
	case IMPORT_DONE:
	case IMPORT_FAILED:
	case IMPORT_CANCELLED:
	case IMPORT_REFUSED:
	case IMPORT_UNDOING:
	case IMPORT_UNDONE:
	case IMPORT_REDOING:
	case IMPORT_STATE_COUNT:
		break;
	}
	return ERR(e, STATUS_CONFLICT, "import %llu has ended",
	    (unsigned long long)id.n);
}

static enum status pause_it(struct db *db, void *arg, struct err *e)
{
	const struct confirmation *c = arg;
	enum status st =
	    c->from == IMPORT_RUNNING
		? import_store_ask_pause(db, c->id, e)
		: import_store_move(db, c->id, c->from, IMPORT_PAUSED, e);

	if (st != STATUS_OK)
		return st;
	return import_audit(db, c->actor, "import.paused", c->id, "", e);
}

static enum status resume(struct db *db, void *arg, struct err *e)
{
	const struct confirmation *c = arg;
	enum status st = import_store_resume(db, c->id, e);

	if (st != STATUS_OK)
		return st;
	return import_audit(db, c->actor, "import.resumed", c->id, "", e);
}

enum status import_pause(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, struct err *e)
{
	struct import_row row;
	enum status st = STATUS_CONFLICT;

	/* A worker may take it up between the reading and the writing. */
	for (int i = 0; i < 3 && st == STATUS_CONFLICT; i++) {
		st = import_store_get(db, a, id, &row, e);
		if (st != STATUS_OK)
			return st;
		enum import_state from = row.head.state;
		struct confirmation c = {id, from, actor, false};

		if (from != IMPORT_QUEUED && from != IMPORT_RUNNING)
			return ERR(e, STATUS_CONFLICT, "import %llu is %s",
			    (unsigned long long)id.n, import_state_word(from));
		st = db_transact(db, pause_it, &c, e);
	}
	return st;
}

enum status import_resume(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, struct err *e)
{
	struct import_row row;
	enum status st = import_store_get(db, a, id, &row, e);

	if (st != STATUS_OK)
		return st;
	struct confirmation c = {id, row.head.state, actor, false};

	return db_transact(db, resume, &c, e);
}

static enum status discard(struct db *db, void *arg, struct err *e)
{
	const struct confirmation *c = arg;
	enum status st = import_store_discard(db, c->id, e);

	return st == STATUS_OK ? import_audit(db, c->actor, "import.discarded",
				     c->id, "", e)
			       : st;
}

enum status import_discard(struct db *db, struct import_id id,
    const struct actor *actor, struct err *e)
{
	struct confirmation c = {.id = id, .actor = actor};

	return db_transact(db, discard, &c, e);
}

enum status import_check(
    struct db *db, struct arena *a, struct import_id id, struct err *e)
{
	struct import_row row;
	enum status st = import_store_get(db, a, id, &row, e);

	if (st != STATUS_OK)
		return st;
	enum import_state from = row.head.state;

	if (from != IMPORT_MAPPED && from != IMPORT_READY)
		return ERR(e, STATUS_CONFLICT, "import %llu is %s",
		    (unsigned long long)id.n, import_state_word(from));
	row.head.state = IMPORT_CHECKING;
	return import_store_update(db, &row, from, e);
}
