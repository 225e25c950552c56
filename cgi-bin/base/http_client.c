/* http_client.c: requests to other servers, several at a time */
/* SPDX-License-Identifier: MIT */
#include "base/http_client.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"

#define PROTOCOLS "http,https"
#define AGENT "Rubrica-Webhooks/1"

struct transfer {
	struct transfer *next, *previous;
	CURL *easy;
	struct curl_slist *headers;
	struct str body; /* of the answer */
	bool cut;
	bool refused; /* an address that the name stands for */
	void *tag;
	char error[CURL_ERROR_SIZE];
};

struct http_client {
	CURLM *multi;
	struct transfer *first;
	struct transfer *answered; /* the last one that was given out */
	size_t count;
	int64_t timeout_ms;
};

static void start_library(void)
{
	static bool started;

	if (started)
		return;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		log_fatal("libcurl cannot start");
	started = true;
}

/* --- addresses --- */

static bool part_is(CURLU *u, CURLUPart part, const char *one, const char *two)
{
	char *text = NULL;
	bool is = curl_url_get(u, part, &text, 0) == CURLUE_OK &&
		  (str_equal(text, one) || str_equal(text, two));

	curl_free(text);
	return is;
}

static bool has_host(CURLU *u)
{
	char *text = NULL;
	bool has = curl_url_get(u, CURLUPART_HOST, &text, 0) == CURLUE_OK &&
		   !str_empty(text);

	curl_free(text);
	return has;
}

/* Only what is seen, in ASCII: what is shown is what is asked. */
static bool is_plain(const char *url)
{
	for (; *url; url++)
		if (*url <= ' ' || *url > '~' || *url == '\\')
			return false;
	return true;
}

static const char *parts_problem(CURLU *u, const char *url)
{
	CURLUcode code =
	    curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER);

	if (code == CURLUE_USER_NOT_ALLOWED)
		return "Take the user and password out of the address.";
	if (code != CURLUE_OK)
		return "Enter a whole address, such as "
		       "https://example.com/rubrica.";
	if (!part_is(u, CURLUPART_SCHEME, "http", "https"))
		return "Enter an address that begins with https:// or "
		       "http://.";
	return has_host(u) ? NULL : "Enter an address with a host.";
}

/* Of "http://" or "https://"; 0 for anything else. */
static size_t scheme_length(const char *url)
{
	if (strncasecmp(url, "http://", 7) == 0)
		return 7;
	return strncasecmp(url, "https://", 8) == 0 ? 8 : 0;
}

const char *http_url_problem(const char *url, size_t most)
{
	const char *problem;

	if (strlen(url) > most)
		return "This address is too long.";
	size_t n = scheme_length(url);

	if (!n)
		return "Enter an address that begins with https:// or "
		       "http://.";
	if (url[n] == '/') /* libcurl would look for a host behind it */
		return "Enter an address with a host.";
	if (!is_plain(url))
		return "Enter an address without blanks and special signs: "
		       "write others as %20 and so on.";
	CURLU *u = curl_url();

	if (!u)
		log_fatal("out of memory");
	problem = parts_problem(u, url);
	curl_url_cleanup(u);
	return problem;
}

/* Nobody receives there: 169.254.0.0/16, where clouds tell machines their
 * secrets, and what goes to many. */
static bool is_no_receiver_4(uint32_t ip)
{
	return ip >> 16 == 0xa9fe || ip >> 28 >= 0xe;
}

static bool is_no_receiver_6(const struct in6_addr *ip)
{
	uint32_t last;

	memcpy(&last, ip->s6_addr + 12, sizeof(last));
	if (IN6_IS_ADDR_V4MAPPED(ip))
		return is_no_receiver_4(ntohl(last));
	return IN6_IS_ADDR_LINKLOCAL(ip) || IN6_IS_ADDR_MULTICAST(ip);
}

static bool is_no_receiver(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof(four));
		return is_no_receiver_4(ntohl(four.sin_addr.s_addr));
	}
	memcpy(&six, address, sizeof(six));
	return address->sa_family != AF_INET6 ||
	       is_no_receiver_6(&six.sin6_addr);
}

/* libcurl's: it asks for a socket when a name has become an address, so what a
 * name stands for is seen each time that it is used. */
static curl_socket_t open_socket(
    void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct transfer *t = arg;

	(void)purpose;
	t->refused = is_no_receiver(&a->addr);
	if (t->refused)
		return CURL_SOCKET_BAD;
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* --- requests --- */

struct http_client *http_client_new(int64_t timeout_ms)
{
	struct http_client *c = xcalloc(1, sizeof(*c));

	start_library();
	c->timeout_ms = timeout_ms;
	c->multi = curl_multi_init();
	if (!c->multi)
		log_fatal("out of memory");
	return c;
}

static void transfer_free(struct http_client *c, struct transfer *t)
{
	curl_multi_remove_handle(c->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	str_release(&t->body);
	free(t);
}

static void unlink_transfer(struct http_client *c, struct transfer *t)
{
	if (t->previous)
		t->previous->next = t->next;
	else
		c->first = t->next;
	if (t->next)
		t->next->previous = t->previous;
	c->count--;
}

static void forget_answered(struct http_client *c)
{
	if (c->answered)
		transfer_free(c, c->answered);
	c->answered = NULL;
}

void http_client_free(struct http_client *c)
{
	if (!c)
		return;
	forget_answered(c);
	while (c->first) {
		struct transfer *t = c->first;

		unlink_transfer(c, t);
		transfer_free(c, t);
	}
	curl_multi_cleanup(c->multi);
	free(c);
}

/* libcurl's: takes what came; another number than n ends the transfer. */
static size_t take_body(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	size_t room = HTTP_ANSWER_MAX - t->body.len;

	n *= size;
	str_add(&t->body, p, n < room ? n : room);
	t->cut = n > room;
	return t->cut ? 0 : n;
}

static void add_header(struct transfer *t, const char *line)
{
	struct curl_slist *longer = curl_slist_append(t->headers, line);

	if (!longer)
		log_fatal("out of memory");
	t->headers = longer;
}

static bool set_limits(const struct http_client *c, CURL *h)
{
	long ms = (long)c->timeout_ms;

	return curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, PROTOCOLS) ==
		   CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_PROXY, "") == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, ms) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, ms / 2) ==
		   CURLE_OK;
}

static bool set_request(
    struct transfer *t, const struct http_post *post, CURL *h)
{
	return curl_easy_setopt(h, CURLOPT_URL, post->url) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_POST, 1L) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE,
		   (curl_off_t)post->body_length) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_COPYPOSTFIELDS, post->body) ==
		   CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_HTTPHEADER, t->headers) ==
		   CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_USERAGENT, AGENT) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_HTTP_VERSION,
		   (long)CURL_HTTP_VERSION_1_1) == CURLE_OK;
}

static bool set_answer(struct transfer *t, CURL *h)
{
	return curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, open_socket) ==
		   CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, t) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_body) ==
		   CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_WRITEDATA, t) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_ERRORBUFFER, t->error) == CURLE_OK &&
	       curl_easy_setopt(h, CURLOPT_PRIVATE, t) == CURLE_OK;
}

bool http_client_post(struct http_client *c, const struct http_post *post)
{
	struct transfer *t = xcalloc(1, sizeof(*t));

	t->tag = post->tag;
	t->easy = curl_easy_init();
	if (!t->easy)
		log_fatal("out of memory");
	str_init(&t->body, HTTP_ANSWER_MAX);
	add_header(t, "Expect:"); /* no waiting for a 100 */
	for (size_t i = 0; post->headers[i]; i++)
		add_header(t, post->headers[i]);
	if (http_url_problem(post->url, SIZE_MAX) || !set_limits(c, t->easy) ||
	    !set_request(t, post, t->easy) || !set_answer(t, t->easy) ||
	    curl_multi_add_handle(c->multi, t->easy) != CURLM_OK) {
		transfer_free(c, t);
		return false;
	}
	t->next = c->first;
	if (c->first)
		c->first->previous = t;
	c->first = t;
	c->count++;
	return true;
}

size_t http_client_count(const struct http_client *c)
{
	return c->count;
}

void http_client_wait(struct http_client *c, int64_t ms)
{
	int running = 0;

	curl_multi_perform(c->multi, &running);
	if ((size_t)running < c->count)
		return;
	curl_multi_poll(c->multi, NULL, 0, (int)ms, NULL);
	curl_multi_perform(c->multi, &running);
}

/* --- answers --- */

static const char *error_text(const struct transfer *t, CURLcode result)
{
	if (result == CURLE_OK || t->cut)
		return "";
	if (t->refused)
		return "no webhook is sent to an address of the link, like "
		       "169.254.x.x, or to many receivers";
	if (result == CURLE_OPERATION_TIMEDOUT)
		return "no answer in time";
	return *t->error ? t->error : curl_easy_strerror(result);
}

static void fill_answer(
    struct transfer *t, CURLcode result, struct http_answer *out)
{
	long code = 0;
	curl_off_t us = 0;
	curl_off_t retry = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_getinfo(t->easy, CURLINFO_TOTAL_TIME_T, &us);
	curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &retry);
	*out = (struct http_answer){
	    .tag = t->tag,
	    .code = (int)code,
	    .error = error_text(t, result),
	    .ms = us / 1000,
	    .retry_after = retry,
	    .body = str_text(&t->body),
	    .body_length = t->body.len,
	    .cut = t->cut,
	};
}

bool http_client_next(struct http_client *c, struct http_answer *out)
{
	struct transfer *t = NULL;
	CURLMsg *message;
	int left;

	forget_answered(c);
	do {
		message = curl_multi_info_read(c->multi, &left);
		if (!message)
			return false;
	} while (message->msg != CURLMSG_DONE);
	CURLcode result = message->data.result;

	curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
	unlink_transfer(c, t);
	c->answered = t;
	fill_answer(t, result, out);
	return true;
}
