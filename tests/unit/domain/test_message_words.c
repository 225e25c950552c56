/* test_message_words.c: tests of domain/whatsapp/message_words.c */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "domain/whatsapp/event.h"
#include "domain/whatsapp/message_words.h"

static struct arena a;

static int setup(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

/* A message as it comes, read and shown. */
static struct message_words shown(const char *type, const char *content)
{
	const char *body = arena_printf(&a,
	    "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":"
	    "{\"messages\":[{\"from\":\"393471234567\",\"id\":\"w\",\"type\":"
	    "\"%s\",%s}]}}]}]}",
	    type, content);
	struct wa_event out;
	struct err e = {0};

	assert_int_equal(
	    wa_event_parse(&a, body, strlen(body), 1, &out, &e), STATUS_OK);
	assert_int_equal(out.count, 1);
	return message_words(&a, &out.items[0].message);
}

/* A case for each type that WhatsApp documents. */
static void test_types(void **state)
{
	static const char *const cases[][4] = {
	    {"text", "\"text\":{\"body\":\"Hi\"}", "", "Hi"},
	    {"image", "\"image\":{\"id\":\"1\",\"caption\":\"Look\"}", "photo",
		"Look"},
	    {"image", "\"image\":{\"id\":\"1\"}", "photo", ""},
	    {"video", "\"video\":{\"id\":\"1\",\"caption\":\"See\"}", "video",
		"See"},
	    {"audio", "\"audio\":{\"id\":\"1\",\"voice\":false}", "sound", ""},
	    {"audio", "\"audio\":{\"id\":\"1\",\"voice\":true}",
		"voice message", ""},
	    {"document",
		"\"document\":{\"filename\":\"a.pdf\",\"caption\":\"Bill\"}",
		"document", "a.pdf: Bill"},
	    {"sticker", "\"sticker\":{\"id\":\"1\"}", "sticker", ""},
	    {"sticker", "\"sticker\":{\"id\":\"1\",\"animated\":true}",
		"animated sticker", ""},
	    {"location",
		"\"location\":{\"latitude\":45.46,\"longitude\":-9.5,"
		"\"name\":\"Home\",\"address\":\"Via Roma 1\"}",
		"location", "Home, Via Roma 1 (45.46, -9.5)"},
	    {"location", "\"location\":{\"latitude\":1,\"longitude\":2}",
		"location", "(1, 2)"},
	    {"contacts",
		"\"contacts\":[{\"name\":{\"formatted_name\":\"Ada L\"},"
		"\"phones\":[{\"phone\":\"+39 1\"}]},{\"name\":{\"first_name\":"
		"\"Bob\"},\"emails\":[{\"email\":\"b@x.it\"}]},{}]",
		"contact card", "Ada L, +39 1; Bob, b@x.it"},
	    {"button", "\"button\":{\"text\":\"Yes\",\"payload\":\"y\"}",
		"button", "Yes"},
	    {"interactive",
		"\"interactive\":{\"type\":\"button_reply\",\"button_reply\":"
		"{\"id\":\"1\",\"title\":\"Buy\"}}",
		"button", "Buy"},
	    {"interactive",
		"\"interactive\":{\"type\":\"list_reply\",\"list_reply\":"
		"{\"id\":\"1\",\"title\":\"Blue\",\"description\":\"Size "
		"M\"}}",
		"choice from a list", "Blue: Size M"},
	    {"interactive",
		"\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":"
		"{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":"
		"\"{\\\"flow_token\\\":\\\"x\\\",\\\"size\\\":\\\"M\\\","
		"\\\"count\\\":2,\\\"list\\\":[1]}\"}}",
		"form", "size: M; count: 2"},
	    {"interactive",
		"\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":"
		"{\"body\":\"Sent\",\"response_json\":\"no json\"}}",
		"form", "Sent"},
	    {"reaction",
		"\"reaction\":{\"message_id\":\"m\",\"emoji\":\"\\u2764\"}",
		"reaction", "\xe2\x9d\xa4"},
	    {"reaction", "\"reaction\":{\"message_id\":\"m\",\"emoji\":\"\"}",
		"took a reaction back", ""},
	    {"order",
		"\"order\":{\"catalog_id\":\"c\",\"text\":\"Soon?\","
		"\"product_items\":[{\"product_retailer_id\":\"S1\","
		"\"quantity\":2,\"item_price\":3.5,\"currency\":\"EUR\"}]}",
		"order", "2 \xc3\x97 S1, 3.5 EUR: Soon?"},
	    {"unsupported",
		"\"errors\":[{\"code\":131051,\"title\":\"Unknown\","
		"\"error_data\":{\"details\":\"Not supported\"}}]",
		"of a kind that WhatsApp does not pass on", "Not supported"},
	    {"unknown", "\"errors\":[{\"code\":131051,\"title\":\"Unknown\"}]",
		"of a kind that WhatsApp does not pass on", "Unknown"},
	    {"request_welcome", "\"x\":1", "opened the chat", ""},
	    {"poll", "\"poll\":{\"name\":\"Which?\"}", "poll", "Which?"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct message_words w = shown(cases[i][0], cases[i][1]);

		assert_string_equal(w.kind, cases[i][2]);
		assert_string_equal(w.text, cases[i][3]);
		assert_string_equal(w.more, "");
	}
}

static void test_how_it_came(void **state)
{
	(void)state;
	assert_string_equal(
	    shown("text",
		"\"text\":{\"body\":\"Hi\"},\"context\":{\"forwarded\":true}")
		.more,
	    "forwarded");
	assert_string_equal(shown("text", "\"text\":{\"body\":\"Hi\"},"
					  "\"referral\":{\"headline\":\"Sale\","
					  "\"source_url\":\"https://x\"}")
				.more,
	    "by the ad \xe2\x80\x9cSale\xe2\x80\x9d");
	assert_string_equal(
	    shown("text", "\"text\":{\"body\":\"Hi\"},\"referral\":{}").more,
	    "by an ad");
}

/* Types in which everything is of another type than documented. */
static void test_other_shapes(void **state)
{
	static const char *const types[] = {"text", "image", "audio",
	    "document", "sticker", "location", "contacts", "button",
	    "interactive", "reaction", "order", "unsupported"};
	static const char *const shapes[] = {"7", "null", "\"x\"", "[7,[],{}]",
	    "{\"name\":7,\"phones\":{},\"caption\":[],\"product_items\":[7],"
	    "\"nfm_reply\":7,\"latitude\":{},\"errors\":7}"};

	(void)state;
	for (size_t t = 0; t < sizeof(types) / sizeof(*types); t++)
		for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
			shown(types[t],
			    arena_printf(&a,
				"\"%s\":%s,\"errors\":%s,\"referral\":%s,"
				"\"context\":%s",
				types[t], shapes[i], shapes[i], shapes[i],
				shapes[i]));
	const struct message m = {
	    .type = "location", .text = "Home", .body = "no json"};

	assert_string_equal(message_words(&a, &m).text, "Home");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_types),
	    cmocka_unit_test(test_how_it_came),
	    cmocka_unit_test(test_other_shapes),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
