/* first_message_rule.h: which first message a person's first words give */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_FIRST_MESSAGE_RULE_H
#define MODEL_FIRST_MESSAGE_RULE_H

#include <stdint.h>

/* How a phrase is compared with a message. */
enum match_kind {
	MATCH_IS,	   /* it is the whole message */
	MATCH_STARTS_WITH, /* the message begins with it */
	MATCH_WORD,	   /* it stands in the message as a word, or words */
	MATCH_CONTAINS	   /* it stands anywhere, within a word too */
};
#define MATCH_KINDS 4
extern const struct match_word {
	const char *key;   /* of SQL, the API and forms */
	const char *label; /* "is" ..., after "the message" */
} match_words[MATCH_KINDS];

/* The row of a key; -1 for none. */
int match_kind_find(const char *key);

struct first_message_rule {
	uint64_t id;
	uint64_t position; /* the lowest is asked first; from 1 on */
	enum match_kind kind;
	const char *phrase;
	const char *gives; /* the first message */
};

#define FIRST_MESSAGE_RULES_MAX 200u

#endif
