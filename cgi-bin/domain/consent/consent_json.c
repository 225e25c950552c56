/* consent_json.c: entries of the ledger of consents, as JSON and in words */
/* SPDX-License-Identifier: MIT */
#include "domain/consent/consent_json.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/str.h"

/* --- in words --- */

static const char *by_whom(struct arena *a, const struct consent_entry *x)
{
	return str_empty(x->member_name)
		   ? ""
		   : arena_printf(a, ", by %s", x->member_name);
}

static const char *of_import(struct arena *a, const struct consent_entry *x)
{
	const char *row = "";

	if (x->import_row)
		row = arena_printf(a, ", row %" PRIu64, x->import_row);
	if (!x->import.n)
		return "A file of opt-outs";
	return arena_printf(a, "%s %" PRIu64 "%s%s%s%s",
	    x->origin == ORIGIN_IMPORT ? "Import" : "Opt-out file", x->import.n,
	    str_empty(x->import_file) ? "" : " (", str_or_empty(x->import_file),
	    str_empty(x->import_file) ? "" : ")", row);
}

static const char *of_api(struct arena *a, const struct consent_entry *x)
{
	if (str_empty(x->token_name))
		return arena_printf(a, "API%s", by_whom(a, x));
	return arena_printf(
	    a, "API, token \"%s\"%s", x->token_name, by_whom(a, x));
}

static const char *with_detail(
    struct arena *a, const char *text, const struct consent_entry *x)
{
	return str_empty(x->detail)
		   ? text
		   : arena_printf(a, "%s: %s", text, x->detail);
}

const char *consent_source(struct arena *a, const struct consent_entry *x)
{
	const char *label = consent_origins[x->origin].label;

	switch (x->origin) {
	case ORIGIN_IMPORT:
	case ORIGIN_OPT_OUT_FILE:
		return of_import(a, x);
	case ORIGIN_API:
		return with_detail(a, of_api(a, x), x);
	case ORIGIN_PAGE:
		label = arena_printf(a, "Page%s", by_whom(a, x));
		break;
	case ORIGIN_JOB:
		if (x->job.n)
			label = arena_printf(
			    a, "Job %" PRIu64 "%s", x->job.n, by_whom(a, x));
		else
			label = "The book";
		break;
	case ORIGIN_WEBHOOK:
	case ORIGIN_MESSAGE:
		break;
	}
	return with_detail(a, label, x);
}

const char *consent_note(struct arena *a, const struct consent_entry *x)
{
	const char *by = str_empty(x->member_name) ? "" : x->member_name;

	if (x->undone)
		return "The import was undone: this does not count.";
	if (x->outweighed)
		return "The person had withdrawn it: the words of an import do "
		       "not overturn that, so this does not count.";
	if (x->confirmed)
		return arena_printf(a,
		    "Confirmed by %s that the person opted "
		    "in again.",
		    *by ? by : "a member");
	if (x->origin != ORIGIN_IMPORT || x->id)
		return "";
	if (x->own_cell)
		return "The row itself says so.";
	return arena_printf(
	    a, "Confirmed for the whole file%s%s.", *by ? " by " : "", by);
}

/* --- JSON --- */

static void put_id(struct json_writer *w, const char *key, uint64_t n)
{
	json_key(w, key);
	if (n)
		json_put_int(w, (int64_t)n);
	else
		json_put_null(w);
}

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

static void put_text(struct json_writer *w, const char *key, const char *text)
{
	json_pair_text(w, key, str_empty(text) ? NULL : text);
}

void consent_json_put(struct json_writer *w, const struct consent_entry *x)
{
	json_open(w, '{');
	put_id(w, "id", x->id);
	put_id(w, "contact", x->contact.n);
	json_pair_text(w, "purpose", consent_purposes[x->purpose].key);
	json_pair_text(w, "status", consent_statuses[x->status].key);
	put_text(w, "basis", consent_bases[x->basis].key);
	put_text(w, "words", x->words);
	put_text(w, "words_version", x->words_version);
	put_time(w, "evidence_at", x->evidence_at);
	put_time(w, "at", x->at);
	json_pair_text(w, "origin", consent_origins[x->origin].key);
	put_id(w, "member", x->member.n);
	put_text(w, "member_name", x->member_name);
	put_id(w, "token", x->token.n);
	put_text(w, "token_name", x->token_name);
	put_id(w, "import", x->import.n);
	put_text(w, "import_file", x->import_file);
	put_id(w, "row", x->import_row);
	put_id(w, "job", x->job.n);
	put_text(w, "message", x->message);
	put_text(w, "detail", x->detail);
	json_pair_bool(w, "confirmed_optin", x->confirmed);
	json_pair_bool(w, "import_undone", x->undone);
	json_pair_bool(w, "counts", !x->undone && !x->outweighed);
	json_close(w, '}');
}

static void put_state(
    struct json_writer *w, struct arena *a, const struct consent_entry *x)
{
	json_open(w, '{');
	json_pair_text(
	    w, "status", consent_statuses[x ? x->status : CONSENT_UNKNOWN].key);
	put_text(w, "basis", x ? consent_bases[x->basis].key : "");
	put_time(w, "since", x ? consent_since(x) : 0);
	put_text(w, "origin", x ? consent_origins[x->origin].key : "");
	put_text(w, "source", x ? consent_source(a, x) : "");
	json_close(w, '}');
}

void consent_json_put_state(
    struct json_writer *w, struct arena *a, const struct consent_state *s)
{
	json_open(w, '{');
	for (int i = 0; i < CONSENT_PURPOSES; i++) {
		json_key(w, consent_purposes[i].key);
		put_state(w, a, s->has[i] ? &s->last[i] : NULL);
	}
	json_close(w, '}');
}
