/* hook_view.h: outgoing webhooks on pages */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_HOOK_VIEW_H
#define WEB_PARTS_HOOK_VIEW_H

#include "domain/hooks/hook.h"
#include "web/request.h"
#include "web/view.h"

/* Fills a node: Id, Url, Description, Name (description, else the address),
 * Events (words), StateKind and StateText for a badge, Off (why the program
 * switched it off), Active, During, DeliveredAt, FailingSince. */
void hook_view_fill(
    struct arena *a, struct node *n, const struct hook *h, int64_t now);

/* The choices of a form: Form.url, .description, .during, .active, and
 * Choices.0, 1 ... {Word, Name, Label, Chosen}. */
void hook_view_form(struct node *root, const struct hook *h);
/* What a form says. */
void hook_view_read(struct request *rq, struct hook *h);

/* A delivery: Id, Uid, Event, StateKind, StateText, At, NextAt, NextIn ("12
 * min"), Attempts, Again (the one that it repeats), Contact, Last {...}. */
void hook_view_delivery(struct arena *a, struct node *n,
    const struct hook_delivery *d, int64_t now);
/* An attempt: Number, At, Ms, Code, Error, Response. */
void hook_view_attempt(
    struct node *n, const struct hook_attempt *t, int64_t now);

#endif
