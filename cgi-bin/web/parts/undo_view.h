/* undo_view.h: the undo of an import as the pages show it */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_UNDO_VIEW_H
#define WEB_PARTS_UNDO_VIEW_H

#include "model/import.h"
#include "model/job.h"
#include "web/request.h"
#include "web/view.h"

/* The newest undo (or undo of an undo) of an import; NOT_FOUND: none. */
enum status undo_view_load(
    struct request *rq, struct import_id id, struct job *out, struct err *e);
/* Its numbers, and how far it is, as the node "Undo"; none: nothing. */
enum status undo_view_fill(
    struct request *rq, struct node *n, const struct import *im, struct err *e);

#endif
