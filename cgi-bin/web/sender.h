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
};

#endif
