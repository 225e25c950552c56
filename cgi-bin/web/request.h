/* request.h: one request, parsed */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/conf.h"
#include "model/contact_query.h"
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
	const char *signature;	/* X-Hub-Signature-256; "" when not sent */
	const char *address;	/* of the client */
	const char *fetch_site; /* Sec-Fetch-Site; "" when not sent */
	bool https;		/* came by TLS, as the server in front says */
	const char *id;		/* reference number, also in the log */
	bool api;		/* under /api/ or /webhooks/: errors are JSON */

	uint64_t path_id;      /* the {id} of the route, if it has one */
	uint64_t path_number;  /* the {n} of the route, if it has one */
	const char *path_name; /* the last part of the path of a download */
	struct form params;    /* of the query string */
	struct form form;      /* of the body (urlencoded or multipart) */
	struct upload file;    /* the field "file" of a multipart body */
	const char *json;      /* body of an application/json request */
	size_t json_length;

	struct member *member; /* NULL: not logged in */
	struct actor actor;    /* of the member or token */
	unsigned scopes;       /* of the token: model/token_scope.h */
	bool token_expired;    /* the token was good, and is over */
	const char *csrf;      /* of the session, or of the login form */
	unsigned char session_hash[32]; /* of the session's cookie */
	bool has_session;
	const char *book; /* its name; NULL without a session */
	bool work; /* imports or jobs wait or run, as the session was read */
	struct contact_marks marks; /* likewise */
	const char *active; /* path of the navigation that is marked; NULL:
			     * after the request's path */
	const char *flash;  /* message left by the request before */
};

/* Where the parts of a request come from: the server, or a test. */
struct request_source {
	/* A CGI parameter (REQUEST_METHOD, HTTP_COOKIE ...), NULL when it is
	 * not there. Copied at once. */
	const char *(*param)(void *context, const char *name);
	/* Bytes of the body, when it is not in a file; 0 at its end. */
	size_t (*read)(void *context, char *p, size_t n);
	void *context;
};

#define BODY_FORM_MAX (4u << 20) /* bytes of an urlencoded body */
#define BODY_JSON_MAX (1u << 20)
#define BODY_WEBHOOK_MAX (4u << 20) /* WhatsApp sends up to 3 MB */

/* Fills all but the body, the route and who it is. INVALID when the path or
 * the query is not well-formed; the request can then still be answered. */
enum status request_read_head(
    struct request *rq, const struct request_source *src, struct err *e);
/* Reads the body by its Content-Type into form, file or json; that of a webhook
 * into json whatever it is called. When that cannot
 * be done *code is the HTTP code (400, 413, 415) and e->message a sentence
 * that may be shown. */
enum status request_read_body(struct request *rq,
    const struct request_source *src, int *code, struct err *e);
/* The value of a cookie, in the arena; NULL when it was not sent. */
const char *request_cookie(const struct request *rq, const char *name);

#endif
