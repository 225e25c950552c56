/* handle.h: one request from its parameters to its answer */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_HANDLE_H
#define WEB_HANDLE_H

#include "base/conf.h"
#include "storage/db.h"
#include "web/request.h"
#include "web/sender.h"
#include "web/view.h"

/* What a process keeps between requests. */
struct web {
	const struct conf *conf;
	struct db *db;
	struct views *views;
	struct arena arena; /* of the request; reset after each */
};

/* Answers one request; whatever happens, something is sent. */
void handle_request(
    struct web *w, const struct request_source *src, struct sender *sender);

#endif
