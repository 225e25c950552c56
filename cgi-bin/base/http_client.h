/* http_client.h: requests to other servers, several at a time */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_HTTP_CLIENT_H
#define BASE_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * http_client.c is the one file that includes curl.h. Only http and https;
 * certificates are checked, redirects are not followed, and proxies, cookies
 * and passwords of the environment are not used. Whatever a name stands for,
 * nothing is sent to addresses of the link (169.254.0.0/16, fe80::/10) and
 * multicast. Memory that cannot be had
 * ends the process with a log line.
 */

#define HTTP_ANSWER_MAX (64u << 10) /* bytes of an answer that are read */

/*
 * NULL when requests may be sent to the address; else a sentence that says
 * what it may be, a static text. It has at most `most` bytes, begins with
 * http:// or https://, names a host, and has no user or password in it.
 */
const char *http_url_problem(const char *url, size_t most);

struct http_client;

/* For requests of at most this time from beginning to end, half of which may
 * go into connecting. */
struct http_client *http_client_new(int64_t timeout_ms);
/* Ends those under way. */
void http_client_free(struct http_client *c);

struct http_post {
	const char *url;
	const char *const *headers; /* "Name: value", NULL-ended */
	const void *body;
	size_t body_length;
	void *tag; /* the caller's; comes back with the answer */
};
/* Begins a POST; everything is copied. False for a request that cannot even
 * begin (an address that http_url_problem() refuses). */
bool http_client_post(struct http_client *c, const struct http_post *post);
/* How many are under way. */
size_t http_client_count(const struct http_client *c);
/* Works on them until one is done or the time is over. */
void http_client_wait(struct http_client *c, int64_t ms);

/* What a request came to; valid until the next call. */
struct http_answer {
	void *tag;
	int code;	     /* of HTTP; 0: there was no answer */
	const char *error;   /* "" when the answer was read */
	int64_t ms;	     /* from beginning to end */
	int64_t retry_after; /* seconds, 0 when the answer has none */
	const char *body;    /* the first HTTP_ANSWER_MAX bytes */
	size_t body_length;
	bool cut; /* there was more, which was not read */
};
/* The next one that is done; false when none is. */
bool http_client_next(struct http_client *c, struct http_answer *out);

#endif
