/* fan_out.h: what happened becomes deliveries */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_HOOK_FAN_OUT_H
#define DOMAIN_HOOK_FAN_OUT_H

#include "storage/db.h"

/* The contacts of one import or job that are told one by one; what is larger
 * is told in lists of ids, one for each batch. Other changes of many at a time
 * are told one by one up to HOOK_ONE_BY_ONE_LOOSE. */
#define HOOK_ONE_BY_ONE 1000
#define HOOK_ONE_BY_ONE_LOOSE 100

/* Makes the deliveries of the oldest things that happened, each in a
 * transaction of its own. NOT_FOUND when there was nothing to do. */
enum status hook_fan_out(struct db *db, struct err *e);

#endif
