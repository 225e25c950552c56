/* request.c: one request, from the parameters of CGI */
/* SPDX-License-Identifier: MIT */
/*
 * The server in front writes bodies to files and hands over their paths
 * (BODY_FILE), so an upload never goes through the socket. A small body that
 * does come through it (in tests) is kept in a file in memory, so that what
 * is above sees one kind only. BODY_TOO_LARGE says that the server in front
 * has thrown a body away for its size.
 */
#include "web/request.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "web/multipart.h"

#define BODY_STREAM_MAX (8u << 20) /* bytes of a body without a file */

/* --- the head --- */

static const char *param(
    struct request *rq, const struct request_source *src, const char *name)
{
	const char *value = src->param(src->context, name);

	return value ? arena_strdup(rq->arena, value) : "";
}

static enum method method_of(const char *word)
{
	if (str_equal(word, "GET") || str_equal(word, "HEAD"))
		return METHOD_GET;
	if (str_equal(word, "POST"))
		return METHOD_POST;
	if (str_equal(word, "PUT"))
		return METHOD_PUT;
	if (str_equal(word, "DELETE"))
		return METHOD_DELETE;
	return METHOD_OTHER;
}

/* Decodes the path of an address; NULL when it is not well-formed. */
static const char *decode_path(struct arena *a, const char *uri)
{
	size_t n = strcspn(uri, "?#");
	struct form f = {0};
	char *text = arena_raw(a, n * 3 + 1);
	size_t k = 0;

	/* A '+' stands for itself in a path: the form's reading is told so. */
	for (size_t i = 0; i < n; i++) {
		if (uri[i] == '+' || uri[i] == '&' || uri[i] == '=') {
			memcpy(text + k,
			    uri[i] == '+'   ? "%2B"
			    : uri[i] == '&' ? "%26"
					    : "%3D",
			    3);
			k += 3;
		} else {
			text[k++] = uri[i];
		}
	}
	if (k == 0 || form_parse(a, &f, text, k, NULL) != STATUS_OK)
		return NULL;
	return f.fields[0].name;
}

static void make_id(struct request *rq)
{
	unsigned char bytes[6];
	char hex[13];

	crypto_random(bytes, sizeof(bytes));
	crypto_hex(bytes, sizeof(bytes), hex);
	rq->id = arena_strdup(rq->arena, hex);
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void read_params(struct request *rq, const struct request_source *src)
{
	unsigned long long length = 0;

	rq->method = method_of(param(rq, src, "REQUEST_METHOD"));
	rq->head = str_equal(param(rq, src, "REQUEST_METHOD"), "HEAD");
	rq->query = param(rq, src, "QUERY_STRING");
	rq->content_type = param(rq, src, "CONTENT_TYPE");
	if (str_to_u64(param(rq, src, "CONTENT_LENGTH"), &length))
		rq->content_length = length;
	rq->body_path = param(rq, src, "BODY_FILE");
	if (!*rq->body_path)
		rq->body_path = NULL;
	rq->authorization = param(rq, src, "HTTP_AUTHORIZATION");
	rq->cookie = param(rq, src, "HTTP_COOKIE");
	rq->idempotency_key = param(rq, src, "HTTP_IDEMPOTENCY_KEY");
	rq->accept = param(rq, src, "HTTP_ACCEPT");
	rq->signature = param(rq, src, "HTTP_X_HUB_SIGNATURE_256");
	rq->fetch_site = param(rq, src, "HTTP_SEC_FETCH_SITE");
	rq->https = str_equal_nocase(param(rq, src, "HTTPS"), "on");
	rq->address = arena_strndup(rq->arena, param(rq, src, "REMOTE_ADDR"),
	    strnlen(param(rq, src, "REMOTE_ADDR"), 64));
	rq->actor.address = rq->address;
}

static bool is_of_programs(const char *path)
{
	return str_starts(path, "/api/") || str_starts(path, "/webhooks/");
}

enum status request_read_head(
    struct request *rq, const struct request_source *src, struct err *e)
{
	const char *path;

	make_id(rq);
	read_params(rq, src);
	rq->path = "/";
	rq->path_name = "";
	rq->flash = "";
	rq->csrf = "";
	path = decode_path(rq->arena, param(rq, src, "REQUEST_URI"));
	/* As the router sees it: what is spelled "/%61pi/" is the API too. */
	rq->api = is_of_programs(path ? path : param(rq, src, "REQUEST_URI"));
	if (!path || *path != '/')
		return ERR(
		    e, STATUS_INVALID, "The address is not well-formed.");
	rq->path = path;
	rq->path_name = last_part(path);
	if (!utf8_valid(rq->idempotency_key, strlen(rq->idempotency_key), NULL))
		return ERR(e, STATUS_INVALID,
		    "The Idempotency-Key is not text in UTF-8.");
	if (form_parse(rq->arena, &rq->params, rq->query, strlen(rq->query),
		NULL) != STATUS_OK)
		return ERR(
		    e, STATUS_INVALID, "The address is not well-formed.");
	return STATUS_OK;
}

const char *request_cookie(const struct request *rq, const char *name)
{
	size_t n = strlen(name);
	const char *p = rq->cookie;

	while (*p) {
		size_t length = strcspn(p, ";");

		if (length > n && strncmp(p, name, n) == 0 && p[n] == '=')
			return arena_strndup(
			    rq->arena, p + n + 1, length - n - 1);
		p += length;
		p += strspn(p, "; ");
	}
	return NULL;
}

/* --- the body --- */

static enum status refuse(
    int *code, int http, struct err *e, const char *sentence)
{
	*code = http;
	return ERR(
	    e, http == 413 ? STATUS_TOO_LARGE : STATUS_INVALID, "%s", sentence);
}

static void close_file(void *arg)
{
	close(*(int *)arg);
}

/* A file descriptor that is closed with the request. */
static void keep_open(struct request *rq, int fd)
{
	arena_on_reset(
	    rq->arena, close_file, arena_memdup(rq->arena, &fd, sizeof(fd)));
}

/* Puts a body that comes through the connection into a file in memory. */
static enum status spool(struct request *rq, const struct request_source *src,
    int *code, struct err *e)
{
	char piece[16384];
	uint64_t left = rq->content_length;
	int fd;

	if (left > BODY_STREAM_MAX)
		return refuse(code, 413, e, "The request is too large.");
	fd = memfd_create("body", MFD_CLOEXEC);
	if (fd < 0)
		return refuse(code, 500, e, strerror(errno));
	keep_open(rq, fd);
	while (left) {
		size_t n = src->read(src->context, piece,
		    left < sizeof(piece) ? (size_t)left : sizeof(piece));

		if (n == 0)
			break;
		if (write(fd, piece, n) != (ssize_t)n)
			return refuse(code, 500, e, strerror(errno));
		left -= n;
	}
	rq->body_path = arena_printf(rq->arena, "/proc/self/fd/%d", fd);
	return STATUS_OK;
}

struct mapping_of {
	void *p;
	size_t n;
};

static void unmap(void *arg)
{
	struct mapping_of *m = arg;

	munmap(m->p, m->n);
}

/* The body as memory, for the life of the request. */
static enum status map_body(
    struct request *rq, const char **p, size_t *n, int *code, struct err *e)
{
	int fd = rq->body_path ? open(rq->body_path, O_RDONLY | O_CLOEXEC) : -1;
	struct mapping_of *m = arena_alloc(rq->arena, sizeof(*m));
	struct stat s;

	*p = "";
	*n = 0;
	if (fd < 0 || fstat(fd, &s) != 0) {
		if (fd >= 0)
			close(fd);
		return refuse(code, 500, e, "the body cannot be read");
	}
	if (rq->content_length && (uint64_t)s.st_size != rq->content_length) {
		close(fd);
		return refuse(code, 400, e,
		    "The request broke off before its end. "
		    "Send it again.");
	}
	m->n = (size_t)s.st_size;
	if (m->n)
		m->p = mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (m->p == MAP_FAILED)
		return refuse(code, 500, e, strerror(errno));
	if (m->n) {
		arena_on_reset(rq->arena, unmap, m);
		*p = m->p;
		*n = m->n;
	}
	rq->content_length = m->n;
	return STATUS_OK;
}

static bool type_is(const char *content_type, const char *type)
{
	size_t n = strcspn(content_type, "; \t");

	return n == strlen(type) && strncasecmp(content_type, type, n) == 0;
}

static enum status read_form(
    struct request *rq, const char *p, size_t n, int *code, struct err *e)
{
	enum status st;

	if (n > BODY_FORM_MAX)
		return refuse(code, 413, e, "The form is too large.");
	st = form_parse(rq->arena, &rq->form, p, n, NULL);
	if (st == STATUS_TOO_LARGE)
		return refuse(code, 413, e, "The form has too many fields.");
	if (st != STATUS_OK)
		return refuse(code, 400, e,
		    "The form holds text that is not UTF-8, or is not "
		    "well-formed.");
	return STATUS_OK;
}

static enum status read_multipart(
    struct request *rq, const char *p, size_t n, int *code, struct err *e)
{
	enum status st = multipart_parse(
	    rq->arena, rq->content_type, p, n, &rq->form, &rq->file, e);

	if (st != STATUS_OK)
		*code = st == STATUS_TOO_LARGE ? 413 : 400;
	return st;
}

static bool is_webhook(const struct request *rq)
{
	return str_starts(rq->path, "/webhooks/");
}

static enum status read_json(
    struct request *rq, const char *p, size_t n, int *code, struct err *e)
{
	if (n > (is_webhook(rq) ? BODY_WEBHOOK_MAX : BODY_JSON_MAX))
		return refuse(code, 413, e, "The request is too large.");
	rq->json = arena_strndup(rq->arena, p, n);
	rq->json_length = n;
	return STATUS_OK;
}

enum status request_read_body(struct request *rq,
    const struct request_source *src, int *code, struct err *e)
{
	enum status st = STATUS_OK;
	const char *p;
	size_t n;

	*code = 0;
	if (*param(rq, src, "BODY_TOO_LARGE"))
		return refuse(code, 413, e,
		    "What was sent is larger than this page takes. "
		    "Nothing of it was kept.");
	if (!rq->body_path)
		st = spool(rq, src, code, e);
	if (st == STATUS_OK)
		st = map_body(rq, &p, &n, code, e);
	if (st != STATUS_OK)
		return st;
	/* Its signature is over the bytes, whatever they are called. */
	if (is_webhook(rq))
		return read_json(rq, p, n, code, e);
	if (type_is(rq->content_type, "application/x-www-form-urlencoded"))
		return read_form(rq, p, n, code, e);
	if (type_is(rq->content_type, "multipart/form-data"))
		return read_multipart(rq, p, n, code, e);
	if (type_is(rq->content_type, "application/json"))
		return read_json(rq, p, n, code, e);
	if (n == 0)
		return STATUS_OK;
	return refuse(code, 415, e,
	    "Send a form (application/x-www-form-urlencoded or "
	    "multipart/form-data) or application/json.");
}
