/* sender.h: the connection that a response goes out by */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_SENDER_H
#define WEB_SENDER_H

#include <stdbool.h>
#include <stddef.h>

/* Both give false once the visitor has gone, which is nothing to log. */
struct sender {
	bool (*write)(struct sender *s, const void *p, size_t n);
	bool (*flush)(struct sender *s);
	void *stream; /* whatever the two need */
	/* What was sent is not the whole: the connection is to be cut, so that
	 * nobody takes it for that. */
	bool broken;
};

#endif
