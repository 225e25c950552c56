/* import_optouts.h: opt-outs that an import met, as pages show them */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_IMPORT_OPTOUTS_H
#define WEB_PARTS_IMPORT_OPTOUTS_H

#include "storage/import_optout_store.h"
#include "web/request.h"
#include "web/response.h"

/*
 * Fills OptOuts with People (.Number; those that the check, or the import once
 * it ran, found), Kept, Taken (of them, those that stay or stayed opted out,
 * and the others), and where a member confirmed any: Confirmed.People, .Who,
 * .At, .Words. Nothing when there are none.
 */
enum status optouts_fill(struct request *rq, struct node *root,
    struct import_id id, struct optout_people *people, struct err *e);

#endif
