/* import_view.h: imports as the pages and the API show them */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_IMPORT_VIEW_H
#define WEB_PARTS_IMPORT_VIEW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "domain/import/confirm.h"
#include "domain/import/last_mapping.h"
#include "domain/import/plan.h"
#include "domain/import/result_files.h"
#include "model/import.h"
#include "storage/consent_store.h"
#include "storage/import_problem_store.h"
#include "storage/import_store.h"
#include "web/request.h"
#include "web/response.h"
#include "web/view.h"

/* A state in words for a person: "Waiting for your consent". */
const char *import_state_text(enum import_state s);
/* It waits for a worker or has one. */
bool import_state_active(enum import_state s);
/* That, or it is being undone: it changes by itself. */
bool import_state_busy(enum import_state s);
/* No row is imported any more: done, failed, cancelled, refused, or undone or
 * about to be. */
bool import_state_ended(enum import_state s);
/* It is still in the wizard: uploaded, mapped, ready. */
bool import_state_open(enum import_state s);

/* Where an import goes on: the wizard's page that waits, or its own page
 * ("/imports/7"). In the arena. */
const char *import_next_page(struct arena *a, const struct import *im);

/*
 * Fills a node with what every page shows of an import: Id, Format,
 * FormatLabel, File, Bytes, Encoding, Delimiter, Segment, Tags, Member, State,
 * StateText, Active, Ended, Open, Next, Read, Created, Updated, Unchanged,
 * Skipped, Rejected (each with .Number), Total, Percent, CreatedAt, StartedAt,
 * FinishedAt, Checksum, RefusalCode, RefusalMessage.
 */
void import_fill(
    struct arena *a, struct node *n, const struct import *im, int64_t now);

/* "Windows-1252 (Western Europe)". */
const char *encoding_label(enum encoding e);

/* A size for a person: "1.4 MB". In the arena. */
const char *bytes_text(struct arena *a, uint64_t bytes);

/*
 * A refusal of the whole file at the form's field: Refusal.Code, .Title,
 * .Message and Refusal.Way.0, 1 ... {Text}: the ways on.
 */
void import_fill_refusal(struct view *v, int code, const char *message);

/* The rules that differ from the format's own, and all of them:
 * Rules.0, 1 ... {Name, Label, Value, Changed}. */
void import_fill_rules(struct arena *a, struct node *n,
    const struct import_format *f, const struct import_rules *rules);

/* A rule's value in words; in the arena. */
const char *rule_value_text(
    struct arena *a, const struct rule_info *info, const char *value);

/* A text whose paragraphs are parted by empty lines, as a list of {Text}. */
void paragraphs_fill(
    struct arena *a, struct node *n, const char *list, const char *text);

/* Choices for a select: Countries.0, 1 ... {Value, Label, Chosen}, those that
 * have a calling code: "India (+91)". */
void countries_fill(struct arena *a, struct node *root, const char *chosen);

/* How many rows can get in (ToImport, .Number), and what the format's limit
 * cuts off (CutOff, CutLimit). */
void import_fill_limit(struct node *n, const struct import_plan *p);

/*
 * For the pages of the wizard: loads the import of the path. OK; NOT_FOUND;
 * or, when the import is past the wizard, *gone is true and the visitor is on
 * the way to its own page (the handler returns OK at once).
 */
enum status import_open_load(struct request *rq, struct response *rs,
    struct import_plan *plan, bool *gone, struct err *e);

/* The import of the path; NOT_FOUND. */
enum status import_row_load(
    struct request *rq, struct import_row *row, struct err *e);

/* What an import is called elsewhere: its File and when it came, At; nothing
 * when there is no such. */
enum status import_fill_name(
    struct request *rq, struct node *n, uint64_t id, struct err *e);

/* OK while the file of an import is there. After it was deleted the answer is
 * 410 with a sentence that says when; the handler returns what this gives. */
enum status import_file_there(struct request *rq, struct response *rs,
    const struct import *im, struct err *e);

/* An import as JSON (design.md section 5). */
enum status import_json(struct request *rq, struct import_id id,
    struct response *rs, int code, struct err *e);
/* {"id", "url"} with 202. */
enum status import_accepted(
    struct request *rq, struct response *rs, struct import_id id);

/*
 * Sends a file of an import: `what` is one of the functions of result_files.h,
 * `suffix` names the download ("errors" gives import-7-errors.csv), NULL gives
 * the uploaded name.
 */
typedef enum status (*result_file)(struct db *db, struct import_id id,
    file_sink sink, void *arg, struct err *e);
enum status import_download(struct request *rq, struct response *rs,
    result_file what, const char *suffix, struct err *e);

/* Sends the consents that the import brought: import-7-consents.csv. */
enum status import_download_consents(
    struct request *rq, struct response *rs, struct err *e);

/* The rows of one outcome ("created", "updated", "unchanged", "skipped",
 * "rejected"; a word of ours, not the visitor's), with comments. */
enum status import_download_outcome(struct request *rq, struct response *rs,
    const char *outcome, struct err *e);
/* The rows that have a finding of the code (a row of problem_infos). */
enum status import_download_code(
    struct request *rq, struct response *rs, const char *code, struct err *e);

#endif
