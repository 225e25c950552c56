/* webhook_whatsapp.c: where WhatsApp's Cloud API delivers its events */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/str.h"
#include "domain/whatsapp/inbound.h"
#include "storage/setting_store.h"
#include "web/routes.h"

#define LOGGED_A_MINUTE 10u

/* Whoever sends a flood cannot fill the log with it: after some lines a minute
 * (of each process) the others are counted. */
static void log_refusal(const char *address, const char *text)
{
	static int64_t since;
	static unsigned lines;
	int64_t now = clock_monotonic();

	if (!since || now - since >= 60000) {
		if (lines > LOGGED_A_MINUTE)
			log_warn("webhook: %u more requests were refused",
			    lines - LOGGED_A_MINUTE);
		since = now;
		lines = 0;
	}
	if (++lines <= LOGGED_A_MINUTE)
		log_warn("webhook from %s refused: %s", address, text);
}

static enum status refuse(struct request *rq, struct response *rs, int code,
    const char *word, const char *text)
{
	log_refusal(rq->address, text);
	return api_error(rq, rs, code, word, text, NULL);
}

/* What the settings say, also to the first who asks after the database has
 * started again. */
static enum status get_setting(
    struct request *rq, const char *name, const char **out, struct err *e)
{
	enum status st = setting_get(rq->db, rq->arena, name, out, e);

	return st == STATUS_LOST ? setting_get(rq->db, rq->arena, name, out, e)
				 : st;
}

/* WhatsApp asks once whether this address is ours, with a token that an admin
 * has given to both. */
static enum status subscribe(
    struct request *rq, struct response *rs, struct err *e)
{
	const char *token;
	enum status st = get_setting(rq, "whatsapp.verify_token", &token, e);

	if (st != STATUS_OK)
		return st;
	if (str_empty(token))
		return refuse(rq, rs, 403, "not-set-up",
		    "No verify token is set: an admin enters it in the "
		    "settings.");
	if (!str_equal(form_text(&rq->params, "hub.mode"), "subscribe") ||
	    !crypto_equal_text(
		form_text(&rq->params, "hub.verify_token"), token))
		return refuse(rq, rs, 403, "forbidden",
		    "The mode or the verify token is not the one of the "
		    "settings.");
	if (!*form_text(&rq->params, "hub.challenge"))
		return refuse(rq, rs, 400, "malformed",
		    "There is no hub.challenge to answer with.");
	rs->content_type = "text/plain";
	str_addz(&rs->body, form_text(&rq->params, "hub.challenge"));
	return STATUS_OK;
}

/* "sha256=" and the HMAC of the body's bytes in hex. */
static bool is_signed(const struct request *rq, const char *secret)
{
	static const char scheme[] = "sha256=";
	unsigned char mac[CRYPTO_HASH_BYTES];
	char hex[CRYPTO_HASH_HEX];

	if (!str_starts(rq->signature, scheme))
		return false;
	crypto_hmac(secret, strlen(secret), str_or_empty(rq->json),
	    rq->json_length, mac);
	crypto_hex(mac, sizeof(mac), hex);
	return crypto_equal_text(rq->signature + sizeof(scheme) - 1, hex);
}

static enum status take(struct request *rq, struct response *rs, struct err *e)
{
	struct wa_event event;
	struct err why = {0};

	enum status st = wa_event_parse(
	    rq->arena, rq->json, rq->json_length, clock_now(), &event, &why);

	if (st == STATUS_TOO_LARGE)
		return refuse(rq, rs, 413, "too-large",
		    "The body tells of more than 2,000 things. Nothing of it "
		    "was taken.");
	if (st != STATUS_OK)
		return refuse(rq, rs, 400, "malformed",
		    "The body has to be a JSON object with a list \"entry\".");
	st = inbound_take(rq->db, rq->arena, rq->address, &event, e);

	if (st != STATUS_OK)
		return st;
	rs->content_type = "text/plain";
	str_addz(&rs->body, "ok\n");
	return STATUS_OK;
}

enum status api_webhook_whatsapp(
    struct request *rq, struct response *rs, struct err *e)
{
	const char *secret;

	if (rq->method == METHOD_GET)
		return subscribe(rq, rs, e);
	enum status st = get_setting(rq, "whatsapp.app_secret", &secret, e);

	if (st != STATUS_OK)
		return st;
	if (str_empty(secret))
		return refuse(rq, rs, 401, "not-set-up",
		    "No app secret is set: an admin enters it in the "
		    "settings.");
	if (!is_signed(rq, secret))
		return refuse(rq, rs, 401, "unauthorized",
		    "The signature is missing or is not that of the body.");
	return take(rq, rs, e);
}
