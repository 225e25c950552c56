/* privacy_view.h: people and erasures on pages */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_PRIVACY_VIEW_H
#define WEB_PARTS_PRIVACY_VIEW_H

#include "domain/privacy/erase.h"
#include "web/request.h"
#include "web/response.h"

/* The person of a contact's number; NOT_FOUND. */
enum status privacy_view_person(
    struct request *rq, uint64_t contact, struct person *out, struct err *e);

/* Who it is: Person.Id, Name, Phone, Email, TrashedAt, Merged (how many were
 * merged into it), and what there is: the list Counts with Label and Count. */
enum status privacy_view_who(struct request *rq, struct node *n,
    const struct person *p, int64_t now, struct err *e);

/* All data of a person as the list Sections: Title, Items with Title and Rows
 * (Label, Value or Time). TooLong: there is more than a page can hold. */
enum status privacy_view_data(struct request *rq, struct node *root,
    const struct person *p, int64_t now, struct err *e);

/* The choice of what to look by: the list Bys. */
void privacy_view_bys(struct node *root);
/* One of person_bys; PERSON_BYS when it is none. */
enum person_by privacy_view_by(const char *key);

#endif
