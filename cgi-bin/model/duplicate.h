/* duplicate.h: two contacts that may be one person */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_DUPLICATE_H
#define MODEL_DUPLICATE_H

#include <stdint.h>

#include "model/id.h"

/* Why; bits, which are those of the SET in the tables. */
enum duplicate_reason {
	REASON_EMAIL = 1,   /* the same e-mail, without regard to case */
	REASON_USER_ID = 2, /* the same user id */
	REASON_NUMBER = 4,  /* one number, spelled as two, and names alike */
	REASON_NAME = 8	    /* the same name in the same city */
};
#define REASON_COUNT 4

struct duplicate_reason_info {
	enum duplicate_reason bit;
	const char *key; /* in SQL, addresses and the API */
	const char *label;
};
extern const struct duplicate_reason_info duplicate_reasons[REASON_COUNT];

struct duplicate_pair {
	struct contact_id first; /* the smaller id */
	struct contact_id second;
	unsigned reasons; /* of enum duplicate_reason */
};

/* A pair that somebody said are two people. */
struct dismissed_pair {
	struct duplicate_pair pair;
	int64_t at;	    /* ms */
	const char *member; /* name, "" for nobody */
};

#endif
