/* sending.h: deliveries go out, several at a time */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_HOOK_SENDING_H
#define DOMAIN_HOOK_SENDING_H

#include "base/conf.h"
#include "storage/db.h"

/*
 * One process sends at most HOOK_AT_A_TIME deliveries to each webhook at the
 * same time, so that a receiver that does not answer holds up nobody else, and
 * never two about the same contact. A delivery is taken by moving the moment
 * on at which it is due again: when the process dies, another one sends it
 * then, so each goes out at least once.
 */
#define HOOK_AT_A_TIME 4

struct hook_sending;

struct hook_sending *hook_sending_new(const struct conf *conf, struct db *db);
/* Ends what is under way: it is sent again later. */
void hook_sending_free(struct hook_sending *s);

/* Begins what is due. */
enum status hook_sending_begin(struct hook_sending *s, struct err *e);
/* Waits for answers for at most some ms, and writes down what came; at once
 * when nothing is under way. */
enum status hook_sending_wait(
    struct hook_sending *s, int64_t ms, struct err *e);
/* How many are under way. */
size_t hook_sending_count(const struct hook_sending *s);

/* What is to be done now and then: webhooks with too much that waits are
 * switched off, old log entries and deleted webhooks go, some at a time.
 * NOT_FOUND when nothing was left to do. */
enum status hook_sending_sweep(struct db *db, struct err *e);

#endif
