/* store_test.h: what every test with a database has */
/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_STORE_TEST_H
#define SUPPORT_STORE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/conf.h"
#include "storage/db.h"

/* Of the one program that includes this. */
static struct conf conf;
static struct db *db;
static struct arena a;
static struct err e;

/* The call comes to STATUS_OK; else the test fails with what it says. */
#define OK(call)                                                               \
	do {                                                                   \
		e.message[0] = '\0';                                           \
		if ((call) != STATUS_OK)                                       \
			fail_msg("%s: %s", #call, e.message);                  \
	} while (0)

/* Before and after a group of tests. */
static inline int store_test_open(void **state)
{
	(void)state;
	conf_load(&conf);
	db = db_new(&conf, false);
	arena_init(&a);
	return 0;
}

static inline int store_test_close(void **state)
{
	(void)state;
	db_free(db);
	arena_release(&a);
	return 0;
}

#endif
