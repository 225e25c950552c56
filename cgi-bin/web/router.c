/* router.c: which handler an address belongs to */
/* SPDX-License-Identifier: MIT */
#include "web/router.h"

#include <string.h>

#include "base/str.h"
#include "web/routes.h"

#define ID_DIGITS_MAX 18

enum {
	GET = METHOD_GET,
	POST = METHOD_POST,
	PUT = METHOD_PUT,
	DELETE = METHOD_DELETE,
	WRITE_VIEWER = ROUTE_WRITE_VIEWER,
	FOR_IMPORT = ROUTE_SCOPE_IMPORT,
	FOR_ERASE = ROUTE_SCOPE_ERASE
};

#define ROW_PAGE(path, name, methods, role)                                    \
	{ROUTE_PAGE, path, #name, methods, ROLE_##role, page_##name},
#define ROW_FILE(path, name, methods, role)                                    \
	{ROUTE_FILE, path, #name, methods, ROLE_##role, page_##name},
#define ROW_API(path, name, methods, role)                                     \
	{ROUTE_API, path, #name, methods, ROLE_##role, api_##name},

static const struct route table[] = {
    ROUTES(ROW_PAGE, ROW_FILE, ROW_API){
	ROUTE_PAGE, NULL, NULL, 0, ROLE_NONE, NULL},
};

const struct route *router_table(void)
{
	return table;
}

/* Reads an id up to the next '/' or the end. */
static bool read_id(const char **path, uint64_t *id)
{
	const char *p = *path;
	uint64_t n = 0;

	if (*p < '1' || *p > '9')
		return false;
	for (; *p >= '0' && *p <= '9'; p++) {
		if (p - *path == ID_DIGITS_MAX)
			return false;
		n = n * 10 + (uint64_t)(*p - '0');
	}
	if (*p != '/' && *p != '\0')
		return false;
	*path = p;
	*id = n;
	return true;
}

static bool matches(
    const char *pattern, const char *path, uint64_t *id, uint64_t *number)
{
	*id = *number = 0;
	while (*pattern) {
		if (str_starts(pattern, "{id}")) {
			if (!read_id(&path, id))
				return false;
			pattern += 4;
		} else if (str_starts(pattern, "{n}")) {
			if (!read_id(&path, number))
				return false;
			pattern += 3;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *path == '\0';
}

const struct route *router_find(
    const char *path, uint64_t *id, uint64_t *number)
{
	for (const struct route *r = table; r->path; r++)
		if (matches(r->path, path, id, number))
			return r;
	return NULL;
}

bool router_has(const char *path)
{
	for (const struct route *r = table; r->path; r++)
		if (r->kind == ROUTE_PAGE && str_equal(r->path, path))
			return true;
	return false;
}

const char *router_allow(struct arena *a, const struct route *r)
{
	static const struct {
		unsigned method;
		const char *word;
	} words[] = {
	    {GET, ", GET, HEAD"},
	    {POST, ", POST"},
	    {PUT, ", PUT"},
	    {DELETE, ", DELETE"},
	};
	const char *allow = "";

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (r->methods & words[i].method)
			allow = arena_printf(a, "%s%s", allow, words[i].word);
	return *allow ? allow + 2 : allow;
}
