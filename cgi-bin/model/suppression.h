/* suppression.h: keys of people who are not to come back by a file */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_SUPPRESSION_H
#define MODEL_SUPPRESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"

/* In the order of the column's values. */
enum suppression_kind {
	SUPPRESSION_PHONE,
	SUPPRESSION_EMAIL,
	SUPPRESSION_USER_ID,
	SUPPRESSION_WA_USER_ID
};
#define SUPPRESSION_KINDS 4
extern const char *const suppression_kinds[SUPPRESSION_KINDS]; /* as stored */

enum suppression_reason {
	SUPPRESSION_ERASED,   /* the person asked to be erased */
	SUPPRESSION_OPTED_OUT /* the person does not want to be contacted */
};
#define SUPPRESSION_REASONS 2
extern const char *const suppression_reasons[SUPPRESSION_REASONS];

/* A key of the list. */
struct suppression {
	bool listed; /* false: the key is not on the list, and no more is set */
	enum suppression_kind kind;
	enum suppression_reason reason;
	unsigned char hash[CRYPTO_HASH_BYTES];
	uint64_t person; /* the same for the keys of one person */
	int64_t at;	 /* ms: only a consent that is later counts */
};

#endif
