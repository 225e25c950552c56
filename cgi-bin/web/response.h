/* response.h: what goes back */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "web/request.h"
#include "web/view.h"

struct sender; /* the connection: sender.h */

/*
 * A handler fills `view` (pages) or `body` (API, small files), or streams, or
 * redirects, and returns a status; response_finish() turns that into HTTP:
 * OK 200 (or `code`), INVALID 422 with the page shown again, NOT_FOUND 404,
 * DENIED 403, CONFLICT 409, TOO_LARGE 413, BUSY and LOST 503, FAILED 500. For
 * all but OK and INVALID the page is the error page, and the err is logged
 * with the request's reference number.
 */
struct response {
	int code;		  /* 0: after the status */
	const char *content_type; /* of body; NULL: a page is rendered */
	struct str body;
	struct views *views; /* all templates */
	struct view *view;
	const char *template;	 /* NULL: that of the route */
	const char *headers[16]; /* "Name: value", NULL-ended */
	struct sender *sender;
	bool streaming; /* the head is sent; only response_write from here */
	bool gone;	/* the visitor went away: stop writing */
	/* A sentence for the visitor on an error page, instead of the one
	 * that belongs to the status; NULL for that one. */
	const char *message;
};

/* 303 to a path of ours ("/contacts/7"). Control characters end the path. */
enum status response_redirect(
    struct request *rq, struct response *rs, const char *path);
/* A message that the next page of this session shows on top. */
void response_flash(struct request *rq, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds a header; CR, LF and what follows are cut. */
void response_header(struct request *rq, struct response *rs, const char *name,
    const char *value);

/* Begins a download: head sent at once; then response_write. When the handler
 * returns anything but OK from here on, the connection is cut, so that what
 * was sent does not look like the whole file. file_name is cleaned. */
void response_begin(struct request *rq, struct response *rs,
    const char *content_type, const char *file_name);
void response_write(struct response *rs, const void *p, size_t n);

/*
 * API. The body becomes {"error": {"code", "message", "fields"}} with the HTTP
 * code given; fields is a JSON object text or NULL. Returns STATUS_OK, so a
 * handler ends with `return api_error(...)`.
 */
enum status api_error(struct request *rq, struct response *rs, int code,
    const char *error_code, const char *message, const char *fields_json);
/* Marks the body as application/json with that HTTP code. */
enum status api_ok(struct response *rs, int code);

/* For what calls the handlers (handle.c): makes a response ready; sends it, as
 * told above; and frees what it holds. e is logged for a failure of ours. */
void response_init(
    struct response *rs, struct views *views, struct sender *sender);
void response_finish(struct request *rq, struct response *rs, enum status st,
    const struct err *e);
void response_release(struct response *rs);
/* Sends the error page (or its JSON) of an HTTP code, with this sentence or,
 * NULL, the one that belongs to the code. */
void response_refuse(
    struct request *rq, struct response *rs, int code, const char *message);

#endif
