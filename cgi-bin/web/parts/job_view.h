/* job_view.h: jobs in templates */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_JOB_VIEW_H
#define WEB_PARTS_JOB_VIEW_H

#include "model/job.h"
#include "web/request.h"
#include "web/view.h"

/* What a job does, as a sentence without its end: "Add the tag Gold". */
const char *job_view_words(struct arena *a, const struct job *job);

/*
 * Id, Words, Member, State, StateText, StateKind (of a badge), Percent,
 * Message, CreatedAt, StartedAt, FinishedAt; the counts Matched, Seen, Changed,
 * Unchanged, Kept ("4,182", and .Number); the flags Active, Ended, Stopping,
 * CanUndo; Undoes, UndoesImport and UndoneBy (ids or nothing).
 */
void job_view_fill(
    struct arena *a, struct node *n, const struct job *job, int64_t now);

#endif
