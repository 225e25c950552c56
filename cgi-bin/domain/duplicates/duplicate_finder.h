/* duplicate_finder.h: looks through the book for contacts that are one person
 */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_DUPLICATE_FINDER_H
#define DOMAIN_DUPLICATE_FINDER_H

#include <stdint.h>

#include "base/conf.h"
#include "storage/db.h"

/*
 * A worker that has nothing else to do looks through the book, a piece at a
 * time, when somebody asks for it or something has changed; then it rests a
 * hundred times as long as the look took, and at least ten seconds. What it
 * finds is in duplicate_pair, how far it came in duplicate_look.
 *
 * E-mails, user ids and names are compared along their indexes. Numbers are
 * compared by their ends (duplicate_number.h), which no index has: the ends of
 * a million contacts at a time are sorted in memory, 16 bytes each.
 */
struct duplicate_finder;

/* A look ends when it has found pairs_max: more help nobody. */
#define DUPLICATE_PAIRS_MAX 100000
struct duplicate_finder *duplicate_finder_new(uint64_t pairs_max);
void duplicate_finder_free(struct duplicate_finder *f);

/* Does a piece of some milliseconds; NOT_FOUND when there is nothing to do. */
enum status duplicate_finder_work(struct duplicate_finder *f,
    const struct conf *conf, struct db *db, const char *owner, struct err *e);

#endif
