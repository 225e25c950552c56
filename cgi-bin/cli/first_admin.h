/* first_admin.h: who can log in before there is anybody */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_FIRST_ADMIN_H
#define CLI_FIRST_ADMIN_H

#include "base/arena.h"
#include "cli/options.h"
#include "storage/db.h"

struct first_admin {
	const char *email;
	const char *password; /* NULL: made at an earlier start */
};

/* The first admin of the book. When it has no member at all, one is made,
 * with the e-mail and password of the options or with a password that is made
 * up and told here only. The password of the options is taken as it is, since
 * who gives it runs the machine; an e-mail that is none is INVALID. */
enum status first_admin_find(struct db *db, struct arena *a,
    const struct options *o, struct first_admin *out, struct err *e);

#endif
