/* request.h: one request, parsed */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/conf.h"
#include "model/member.h"
#include "storage/db.h"
#include "web/form.h"

enum method {
	METHOD_OTHER = 0,
	METHOD_GET = 1, /* HEAD too: see request.head */
	METHOD_POST = 2,
	METHOD_PUT = 4,
	METHOD_DELETE = 8
};

/* A file part of a multipart body: a piece of the body file, which nginx
 * wrote and deletes. */
struct upload {
	const char *name; /* file name as sent, base name only, cleaned */
	const char *type; /* content type as sent */
	uint64_t offset;  /* in the body file */
	uint64_t length;  /* bytes */
	bool present;	  /* a part with a file name was sent */
};

struct request {
	struct arena *arena; /* lives until the response is sent */
	struct db *db;
	const struct conf *conf;

	enum method method;
	bool head;	   /* HEAD: no body is sent */
	const char *path;  /* decoded, without the query */
	const char *query; /* as sent, without '?' */
	const char *content_type;
	uint64_t content_length; /* as declared; 0 when not */
	const char *body_path;	 /* the body as a file, or NULL */
	const char *authorization;
	const char *cookie;
	const char *idempotency_key;
	const char *accept;
	const char *address; /* of the client */
	const char *id;	     /* reference number, also in the log */
	bool api;	     /* under /api/ or /webhooks/: errors are JSON */

	uint64_t path_id;      /* the {id} of the route, if it has one */
	const char *path_name; /* the last part of the path of a download */
	struct form params;    /* of the query string */
	struct form form;      /* of the body (urlencoded or multipart) */
	struct upload file;    /* the field "file" of a multipart body */
	const char *json;      /* body of an application/json request */
	size_t json_length;

	struct member *member; /* NULL: not logged in */
	struct actor actor;    /* of the member or token */
	const char *csrf;      /* of the session */
	const char *flash;     /* message left by the request before */
};

#endif
