/* first_message_rule.c: the words of the ways to compare */
/* SPDX-License-Identifier: MIT */
#include "model/first_message_rule.h"

#include <string.h>

const struct match_word match_words[MATCH_KINDS] = {
    [MATCH_IS] = {"is", "is"},
    [MATCH_STARTS_WITH] = {"starts_with", "starts with"},
    [MATCH_WORD] = {"word", "has the word or words"},
    [MATCH_CONTAINS] = {"contains", "contains"},
};

int match_kind_find(const char *key)
{
	for (int k = 0; k < MATCH_KINDS; k++)
		if (strcmp(match_words[k].key, key) == 0)
			return k;
	return -1;
}
