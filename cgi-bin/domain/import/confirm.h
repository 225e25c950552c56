/* confirm.h: consent, the start of an import, and its end before that */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CONFIRM_H
#define IMPORT_CONFIRM_H

#include "domain/import/plan.h"

/* The words that are confirmed (formats.md S5); static. */
const char *consent_words(void);
const char *consent_words_version(void);

/* Keeps the consent and queues the import (from mapped or ready). INVALID when
 * gdpr or profiling is false: nothing runs then. CONFLICT when it is not in
 * such a state. Remembers the member's mapping (S3). */
enum status import_confirm(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, bool gdpr, bool profiling, struct err *e);

/* The words of a member who overturns the opt-outs of `people` contacts; in the
 * arena. */
const char *optin_words(struct arena *a, uint64_t people);

/*
 * Keeps that the member confirmed newer consent of the people of the file who
 * opted out: of those that the check found (the import is ready and `people` is
 * their number), or, before any check, of the first `people` in the order of
 * the file. Everybody else stays opted out. recheck: the file is checked once
 * more, so that the numbers are those of the import. INVALID when the check
 * found another number, CONFLICT when the import is neither mapped nor ready.
 * Any change of the mapping or the rules takes it back.
 */
enum status import_confirm_optins(struct db *db, struct arena *a,
    struct import_id id, const struct actor *actor, uint64_t people,
    bool recheck, struct err *e);

/* Has a worker look at every row of a mapped import without writing any of it:
 * the state is checking, then ready, with counts and findings as the import
 * would have them. CONFLICT when it is not mapped or ready. */
enum status import_check(
    struct db *db, struct arena *a, struct import_id id, struct err *e);
/* Stops an import: at once before it runs, else at its next batch. CONFLICT
 * when it has ended. */
enum status import_cancel(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, struct err *e);

/* Stops an import that waits or runs for now, at its next batch: it is then
 * paused, and its rows so far stay. CONFLICT in any other state. */
enum status import_pause(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, struct err *e);
/* A paused import waits for a worker again and goes on where it stopped.
 * CONFLICT when it is not paused. */
enum status import_resume(struct db *db, struct arena *a, struct import_id id,
    const struct actor *actor, struct err *e);

/* Takes away an import that has not been confirmed (uploaded, mapped, ready),
 * with its file, problems and key: for an upload through the API that turned
 * out not to be acceptable. CONFLICT in any other state. */
enum status import_discard(struct db *db, struct import_id id,
    const struct actor *actor, struct err *e);

#endif
