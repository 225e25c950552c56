/* id.h: row ids, one type a table, so that they cannot be mixed up */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_ID_H
#define MODEL_ID_H

#include <stdint.h>

/* 0 is no row. */
struct contact_id {
	uint64_t n;
};
struct import_id {
	uint64_t n;
};
struct member_id {
	uint64_t n;
};
struct tag_id {
	uint64_t n;
};
struct attribute_id {
	uint64_t n;
};
struct segment_id {
	uint64_t n;
};
struct campaign_id {
	uint64_t n;
};
struct token_id {
	uint64_t n;
};
struct job_id {
	uint64_t n;
};
struct hook_id {
	uint64_t n;
};

#endif
