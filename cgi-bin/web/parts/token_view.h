/* token_view.h: API tokens as pages show them */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_TOKEN_VIEW_H
#define WEB_PARTS_TOKEN_VIEW_H

#include "storage/token_store.h"
#include "web/request.h"
#include "web/response.h"

/* A row: Id, Name, Member, Scopes (words), Created, Expires, Used, and the
 * flags Revoked, Expired, Stopped (its member is disabled), Reads (its member
 * only looks, whatever its scopes) and Live (it can be used). */
void token_view_fill(
    struct request *rq, struct node *row, const struct api_token *t);

#endif
