/* response.c: what goes back */
/* SPDX-License-Identifier: MIT */
/*
 * Pages and small bodies are put together whole and sent with their length;
 * downloads are streamed. Whatever goes wrong before the head is sent becomes
 * an error page in the usual frame; when even that cannot be made, a page that
 * needs nothing.
 */
#include "web/response.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "storage/session_store.h"
#include "web/frame.h"
#include "web/sender.h"

#define BODY_MAX (64u << 20)
#define HEADERS_MAX (sizeof(((struct response *)0)->headers) / sizeof(char *))

static const char security_headers[] =
    "Content-Security-Policy: default-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n"
    "Cache-Control: no-store\r\n";

static const char last_resort[] =
    "<!doctype html><html lang=\"en\"><title>Something went wrong</title>"
    "<p>Something went wrong on our side. Nothing was changed. "
    "Try again in a minute.</p></html>\n";

/* What an HTTP code means to people and to programs. */
struct meaning {
	int code;
	const char *reason; /* of the status line */
	const char *word;   /* "code" of a JSON error */
	const char *title;
	const char *text;
	const char *way; /* label of the link to way_path */
	const char *way_path;
};

#define CONTACTS "Go to the contacts", "/contacts"

static const struct meaning meanings[] = {
    {400, "Bad Request", "malformed", "This could not be read",
	"The request was not well-formed, so nothing was changed.", CONTACTS},
    {401, "Unauthorized", "unauthorized", "Log in first",
	"This page is for members of the team. Nothing was changed.", "Log in",
	"/login"},
    {403, "Forbidden", "forbidden", "This is not for your role",
	"Your role does not allow this, so nothing was changed. "
	"An admin of the team can change roles.",
	CONTACTS},
    {404, "Not Found", "not-found", "There is nothing here",
	"The address may be mistyped, or what stood here was deleted.",
	CONTACTS},
    {405, "Method Not Allowed", "method-not-allowed",
	"This cannot be done here",
	"The address does not take this kind of request, "
	"so nothing was changed.",
	CONTACTS},
    {409, "Conflict", "conflict", "Somebody else was faster",
	"What you wanted to change has changed meanwhile. "
	"Your change was not written: go back, reload and look again.",
	CONTACTS},
    {410, "Gone", "gone", "This was deleted",
	"What stood here was kept for its time and is deleted now.",
	"Go to the imports", "/imports"},
    {413, "Content Too Large", "too-large", "This is too large",
	"What was sent is over the limit, so nothing of it was kept.",
	CONTACTS},
    {415, "Unsupported Media Type", "unsupported-media-type",
	"This kind of content is not taken here",
	"What was sent is of a kind that this address does not read. "
	"Nothing was changed.",
	CONTACTS},
    {422, "Unprocessable Content", "invalid", "A value is not allowed",
	"Nothing was changed.", CONTACTS},
    {429, "Too Many Requests", "too-many-requests", "Too many tries",
	"Wait a while and try again. Nothing was changed.", CONTACTS},
    {503, "Service Unavailable", "unavailable", "One moment, please",
	"The database does not answer just now. Nothing was lost: "
	"try again in a minute.",
	CONTACTS},
    {507, "Insufficient Storage", "disk-full", "The disk is full",
	"The database has no room left on its disk, so nothing was changed. "
	"Whoever runs the machine has to free some space; then try again.",
	CONTACTS},
    {500, "Internal Server Error", "internal", "Something went wrong",
	"This is our mistake, not yours. What you had saved before is safe. "
	"Try again; if it happens again, tell an admin the number below.",
	CONTACTS},
};

/* 403 for the form rather than the member: its token does not fit. */
static const struct meaning old_form = {403, "Forbidden", "forbidden",
    "This form is out of date", "Nothing was changed.", CONTACTS};

/* That of 500 for a code that is not in the table. */
static const struct meaning *meaning_of(int code)
{
	size_t n = sizeof(meanings) / sizeof(*meanings);

	for (size_t i = 0; i < n; i++)
		if (meanings[i].code == code)
			return &meanings[i];
	return &meanings[n - 1];
}

static const char *reason_of(int code)
{
	switch (code) {
	case 200:
		return "OK";
	case 201:
		return "Created";
	case 202:
		return "Accepted";
	case 204:
		return "No Content";
	case 303:
		return "See Other";
	default:
		return meaning_of(code)->reason;
	}
}

static int code_of(enum status st)
{
	static const int codes[] = {
	    [STATUS_OK] = 200,
	    [STATUS_NOT_FOUND] = 404,
	    [STATUS_INVALID] = 422,
	    [STATUS_CONFLICT] = 409,
	    [STATUS_DENIED] = 403,
	    [STATUS_TOO_LARGE] = 413,
	    [STATUS_BUSY] = 503,
	    [STATUS_LOST] = 503,
	    [STATUS_FULL] = 507,
	    [STATUS_FAILED] = 500,
	};

	return codes[st];
}

void response_init(
    struct response *rs, struct views *views, struct sender *sender)
{
	*rs = (struct response){
	    .views = views, .view = view_new(), .sender = sender};
	str_init(&rs->body, BODY_MAX);
}

void response_release(struct response *rs)
{
	view_free(rs->view);
	str_release(&rs->body);
}

/* --- what handlers call --- */

/* Text up to the first control character: a header is one line. */
static const char *one_line(struct arena *a, const char *z)
{
	size_t n = 0;

	while ((unsigned char)z[n] >= ' ' && z[n] != 0x7f)
		n++;
	return arena_strndup(a, z, n);
}

void response_header(struct request *rq, struct response *rs, const char *name,
    const char *value)
{
	for (size_t i = 0; i + 1 < HEADERS_MAX; i++) {
		if (rs->headers[i])
			continue;
		rs->headers[i] = arena_printf(
		    rq->arena, "%s: %s", name, one_line(rq->arena, value));
		return;
	}
}

enum status response_redirect(
    struct request *rq, struct response *rs, const char *path)
{
	bool ours = path[0] == '/' && path[1] != '/' && path[1] != '\\';

	rs->code = 303;
	response_header(rq, rs, "Location", ours ? path : "/");
	return STATUS_OK;
}

void response_flash(struct request *rq, const char *format, ...)
{
	struct err e;
	const char *text;
	enum status st;
	va_list ap;

	if (!rq->has_session)
		return;
	va_start(ap, format);
	text = arena_vprintf(rq->arena, format, ap);
	va_end(ap);
	st = session_store_set_flash(rq->db, rq->session_hash, text, &e);
	if (st != STATUS_OK)
		log_err("leaving a message for the next page", st, &e);
}

static void write_error_json(struct request *rq, struct response *rs,
    const char *error_code, const char *message, const char *fields)
{
	struct json_writer w;

	str_reset(&rs->body);
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "error");
	json_open(&w, '{');
	json_pair_text(&w, "code", error_code);
	json_pair_text(&w, "message", message);
	json_key(&w, "fields");
	json_put_raw(&w, fields ? json_whole(rq->arena, fields) : "{}");
	json_pair_text(&w, "reference", rq->id);
	json_close(&w, '}');
	json_close(&w, '}');
	str_addc(&rs->body, '\n');
	rs->content_type = "application/json";
}

enum status api_error(struct request *rq, struct response *rs, int code,
    const char *error_code, const char *message, const char *fields_json)
{
	write_error_json(rq, rs, error_code, message, fields_json);
	rs->code = code;
	return STATUS_OK;
}

enum status api_ok(struct response *rs, int code)
{
	rs->content_type = "application/json";
	rs->code = code;
	return STATUS_OK;
}

/* --- sending --- */

static void send_bytes(struct response *rs, const void *p, size_t n)
{
	if (!rs->gone && n && !rs->sender->write(rs->sender, p, n))
		rs->gone = true;
}

static void add_header(struct str *head, const char *name, const char *value)
{
	str_printf(head, "%s: %s\r\n", name, value);
}

/* length < 0: not known. */
static void send_head(struct request *rq, struct response *rs, int code,
    const char *content_type, long long length)
{
	struct str head;

	str_init(&head, 65536);
	str_printf(&head, "Status: %d %s\r\n", code, reason_of(code));
	if (content_type)
		add_header(&head, "Content-Type", content_type);
	if (length >= 0)
		str_printf(&head, "Content-Length: %lld\r\n", length);
	for (size_t i = 0; rs->headers[i]; i++)
		str_printf(&head, "%s\r\n", rs->headers[i]);
	str_addz(&head, security_headers);
	add_header(&head, "X-Request-Id", rq->id);
	str_addz(&head, "\r\n");
	send_bytes(rs, head.data, head.len);
	str_release(&head);
}

/* Content types of ours are text in UTF-8, where text it is. */
static const char *with_charset(struct arena *a, const char *type)
{
	if (strncmp(type, "text/", 5) == 0 && !strstr(type, "charset"))
		return arena_printf(a, "%s; charset=utf-8", type);
	return type;
}

static void send_whole(
    struct request *rq, struct response *rs, int code, const char *content_type)
{
	const char *type =
	    content_type ? with_charset(rq->arena, content_type) : NULL;

	send_head(rq, rs, code, type, (long long)rs->body.len);
	if (!rq->head)
		send_bytes(rs, rs->body.data, rs->body.len);
}

/* The name of a download for Content-Disposition: plain ASCII in quotes, and
 * the name itself (RFC 6266) when that is not the same. */
static const char *download_name(struct arena *a, const char *name)
{
	char *copy = arena_strdup(a, name);

	for (char *p = copy; *p; p++)
		if ((unsigned char)*p < ' ' || (unsigned char)*p > '~' ||
		    strchr("\"\\/%;", *p))
			*p = '_';
	if (!*copy)
		return "filename=\"download\"";
	if (str_equal(copy, name))
		return arena_printf(a, "filename=\"%s\"", copy);
	return arena_printf(a, "filename=\"%s\"; filename*=UTF-8''%s", copy,
	    url_escape(a, name));
}

void response_begin(struct request *rq, struct response *rs,
    const char *content_type, const char *file_name)
{
	response_header(rq, rs, "Content-Disposition",
	    arena_printf(rq->arena, "attachment; %s",
		download_name(rq->arena, file_name)));
	rs->streaming = true;
	send_head(rq, rs, rs->code ? rs->code : 200,
	    with_charset(rq->arena, content_type), -1);
	if (rq->head)
		rs->gone = true; /* nothing more is wanted */
	else if (!rs->gone && !rs->sender->flush(rs->sender))
		rs->gone = true;
}

void response_write(struct response *rs, const void *p, size_t n)
{
	send_bytes(rs, p, n);
}

/* --- errors and the end --- */

static void fill_error(struct request *rq, struct response *rs,
    const struct meaning *m, const char *message)
{
	struct node *n = node_child(view_root(rs->view), "Problem");
	bool to_login = !rq->member && strcmp(m->way_path, "/login") != 0;

	node_set_int(n, "Code", m->code);
	node_set(n, "Title", m->title);
	node_set(n, "Text", message ? message : m->text);
	node_set(n, "Way", to_login ? "Go to the start page" : m->way);
	node_set(n, "WayPath", to_login ? "/" : m->way_path);
	node_set(n, "Reference", rq->id);
}

static void send_error_page(struct request *rq, struct response *rs, int code,
    const struct meaning *m, const char *message)
{
	struct err e;
	enum status st;

	view_free(rs->view);
	rs->view = view_new();
	str_reset(&rs->body);
	frame_fill(rq, rs);
	fill_error(rq, rs, m, message);
	st = view_render(rs->views, rs->view, "error", &rs->body, &e);
	if (st != STATUS_OK) {
		log_err("showing the error page", st, &e);
		str_reset(&rs->body);
		str_addz(&rs->body, last_resort);
	}
	send_whole(rq, rs, code, "text/html");
}

void response_refuse(
    struct request *rq, struct response *rs, int code, const char *message)
{
	const struct meaning *m =
	    code == 403 && message ? &old_form : meaning_of(code);

	if (!message)
		message = rs->message;
	if (!rq->api) {
		send_error_page(rq, rs, code, m, message);
		return;
	}
	write_error_json(rq, rs, m->word, message ? message : m->text, NULL);
	send_whole(rq, rs, code, rs->content_type);
}

static void log_failure(
    const struct request *rq, enum status st, const struct err *e)
{
	if (st == STATUS_FAILED || st == STATUS_LOST || st == STATUS_BUSY ||
	    st == STATUS_FULL)
		log_err(
		    arena_printf(rq->arena, "request %s, %s", rq->id, rq->path),
		    st, e);
}

static void send_page(struct request *rq, struct response *rs, int code)
{
	struct err e;
	enum status st;

	frame_fill(rq, rs);
	st = view_render(rs->views, rs->view, rs->template, &rs->body, &e);
	if (st == STATUS_OK) {
		send_whole(rq, rs, code, "text/html");
		return;
	}
	log_failure(rq, st, &e);
	response_refuse(rq, rs, 500, NULL);
}

void response_finish(struct request *rq, struct response *rs, enum status st,
    const struct err *e)
{
	int code = rs->code ? rs->code : code_of(st);

	log_failure(rq, st, e);
	if (rs->streaming) {
		rs->sender->broken = st != STATUS_OK;
		return;
	}
	if (st != STATUS_OK && (st != STATUS_INVALID || !rs->template))
		response_refuse(rq, rs, code, NULL);
	else if (rs->content_type || code == 303 || code == 204)
		send_whole(rq, rs, code, rs->content_type);
	else if (rs->template)
		send_page(rq, rs, code);
	else
		response_refuse(rq, rs, 500, NULL);
}
