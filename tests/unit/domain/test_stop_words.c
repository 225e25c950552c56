/* test_stop_words.c: tests of domain/whatsapp/stop_words.c and phrase.c */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/whatsapp/first_message.h"
#include "domain/whatsapp/phrase.h"
#include "domain/whatsapp/stop_words.h"

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

static void is(enum stop_word word, const char *const *messages)
{
	for (; *messages; messages++)
		if (stop_word_of(&a, *messages, "") != word)
			fail_msg("%s", *messages);
}

static void test_stop(void **state)
{
	static const char *const messages[] = {"STOP", "stop", "Stop.",
	    "  stop\n", "Stop!!!", "\"STOP\"", "STOP 🛑", "S.T.O.P.",
	    "ＳＴＯＰ", "opt-out", "Opt Out", "OPTOUT", "Unsubscribe!",
	    "UN-SUBSCRIBE", "Don’t contact me", "Please stop", "बंद करो",
	    "बंद करें।", "रोको", "band karo", "BAJA", "¡Alto!", "parar",
	    "Cancelar suscripción", "cancelar suscripcion", "PARE", "Sair",
	    "Stopp", "ABMELDEN", "Arrêt", "ARRET", "Désabonner", "FERMA",
	    "Annulla iscrizione", "cancellami", "إلغاء الاشتراك",
	    "الغاء الاشتراك", "قِف", "Berhenti", "DUR", "İPTAL", "iptal", "стоп",
	    "Отписаться", "退订", "配信停止", "수신거부", "நிறுத்து", "বন্ধ করুন",
	    "dừng", "הסר", "Bitte stoppen", "Darse de baja", "הפסק", "중단",
	    "TD", "Unsubscribe me, please", NULL};

	(void)state;
	is(STOP_WORD_STOP, messages);
}

static void test_start(void **state)
{
	static const char *const messages[] = {"START", "Start 👍", "unstop",
	    "UN-STOP", "Subscribe", "opt in", "शुरू करें", "Alta", "mulai",
	    "başlat", NULL};

	(void)state;
	is(STOP_WORD_START, messages);
}

/* What people say to a shop is no word on their consent. */
static void test_neither(void **state)
{
	static const char *const messages[] = {"", " ", "🛑", "Hello",
	    "stop by at six", "Please don't stop", "bus stop", "non-stop",
	    "stopped", "Cancel", "Cancel my order", "End", "No", "Yes", "Quit",
	    "रुको", "basta", "When do you start?", "let us start", "restart",
	    "Do not stop sending", "अब बंद है", "parar o carro",
	    "I opt out of it", "आरोको", "\xff\xfe", NULL};

	(void)state;
	is(STOP_WORD_NONE, messages);
	char *longer = arena_alloc(&a, 4096);

	memset(longer, ' ', 4000);
	memcpy(longer, "stop", 4);
	assert_int_equal(stop_word_of(&a, longer, ""), STOP_WORD_NONE);
}

static void test_own(void **state)
{
	static const char own[] = " no más |Cancel,, quit it|🛑,start ,";

	(void)state;
	assert_int_equal(stop_word_of(&a, "cancel!", own), STOP_WORD_STOP);
	assert_int_equal(stop_word_of(&a, "No mas", own), STOP_WORD_STOP);
	assert_int_equal(stop_word_of(&a, "Quit it", own), STOP_WORD_STOP);
	assert_int_equal(stop_word_of(&a, " 🛑 ", own), STOP_WORD_STOP);
	assert_int_equal(stop_word_of(&a, "Start", own), STOP_WORD_STOP);
	assert_int_equal(stop_word_of(&a, "quit", own), STOP_WORD_NONE);
	assert_int_equal(stop_word_of(&a, "👍", own), STOP_WORD_NONE);
	assert_int_equal(stop_word_of(&a, "", own), STOP_WORD_NONE);
}

/* The tables have the form that messages are brought into, each word once. */
static void check_table(const char *const *list, const char *const *other)
{
	for (const char *const *w = list; *w; w++) {
		assert_string_equal(utf8_words(&a, *w), *w);
		for (const char *const *o = other; *o; o++)
			assert_true(w == o || strcmp(*w, *o) != 0);
	}
}

static void test_tables(void **state)
{
	(void)state;
	check_table(stop_words, stop_words);
	check_table(start_words, start_words);
	check_table(stop_words, start_words);
}

static bool matches(
    enum match_kind kind, const char *phrase, const char *message)
{
	const struct first_message_rule rule = {
	    .kind = kind, .phrase = phrase, .gives = "x"};

	return first_message_matches(&a, &rule, message);
}

static void test_kinds(void **state)
{
	(void)state;
	assert_true(matches(MATCH_IS, "Price", " PRICE?! "));
	assert_true(matches(MATCH_IS, "Zoë’s café", "zoe's cafe"));
	assert_false(matches(MATCH_IS, "price", "the price"));
	assert_true(matches(MATCH_STARTS_WITH, "pri", "Price list"));
	assert_false(matches(MATCH_STARTS_WITH, "list", "Price list"));
	assert_true(matches(MATCH_WORD, "price", "What's the PRICE, please"));
	assert_true(matches(MATCH_WORD, "the price", "What's the price?"));
	assert_true(matches(MATCH_WORD, "price", "prices price"));
	assert_false(matches(MATCH_WORD, "price", "prices"));
	assert_false(matches(MATCH_WORD, "price", "caprice"));
	assert_true(matches(MATCH_WORD, "क़ीमत", "इसकी क़ीमत क्या है?"));
	assert_false(matches(MATCH_WORD, "की", "क़ीमत"));
	assert_true(matches(MATCH_CONTAINS, "price", "caprices"));
	assert_true(matches(MATCH_CONTAINS, "多少", "这个多少钱"));
	assert_false(matches(MATCH_CONTAINS, "price", "cost"));
	assert_false(matches(MATCH_CONTAINS, "", "cost"));
	assert_false(matches(MATCH_IS, "", ""));
}

/* A phrase of signs alone is compared sign by sign. */
static void test_signs(void **state)
{
	(void)state;
	assert_true(matches(MATCH_IS, "👍", " 👍 "));
	assert_true(matches(MATCH_CONTAINS, "🎁", "A gift 🎁!"));
	assert_true(matches(MATCH_WORD, "🎁", "A gift🎁"));
	assert_false(matches(MATCH_CONTAINS, "🎁", "A gift"));
	assert_false(matches(MATCH_IS, "?", "Price?"));
}

static void test_choose(void **state)
{
	const struct first_message_rule rules[] = {
	    {.id = 1, .kind = MATCH_WORD, .phrase = "price", .gives = "Price"},
	    {.id = 2, .kind = MATCH_CONTAINS, .phrase = "p", .gives = "P"},
	};

	(void)state;
	assert_ptr_equal(
	    first_message_choose(&a, rules, 2, "price?"), &rules[0]);
	assert_ptr_equal(first_message_choose(&a, rules, 2, "Pen"), &rules[1]);
	assert_null(first_message_choose(&a, rules, 2, "Ink"));
	assert_null(first_message_choose(&a, rules, 0, "price"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stop),
	    cmocka_unit_test(test_start),
	    cmocka_unit_test(test_neither),
	    cmocka_unit_test(test_own),
	    cmocka_unit_test(test_tables),
	    cmocka_unit_test(test_kinds),
	    cmocka_unit_test(test_signs),
	    cmocka_unit_test(test_choose),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
