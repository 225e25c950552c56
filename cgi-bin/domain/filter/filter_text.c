/* filter_text.c: a filter of contacts as a query string */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "base/url.h"
#include "domain/filter/contact_filter.h"

#define TEXT_MAX (256u << 10)
#define PARAMS_MAX 1000u

const char *contact_filter_text(struct arena *a, const struct contact_filter *f)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	for (size_t i = 0; i < f->param_count; i++)
		str_printf(&s, "%s%s=%s", i ? "&" : "",
		    url_escape(a, f->params[i].name),
		    url_escape(a, f->params[i].value));
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}

static bool read_pair(
    struct arena *a, const char *p, size_t n, struct filter_param *out)
{
	const char *equals = memchr(p, '=', n);
	size_t name_n = equals ? (size_t)(equals - p) : n;
	size_t length;

	out->name = url_unescape(a, p, name_n, &length);
	out->value =
	    equals ? url_unescape(a, equals + 1, n - name_n - 1, &length) : "";
	return out->name && out->value;
}

enum status contact_filter_split(struct arena *a, const char *text,
    struct filter_param **params, size_t *count, struct err *e)
{
	const char *end = text + strlen(text);
	size_t room = 1;

	for (const char *p = text; *p; p++)
		room += *p == '&';
	*count = 0;
	if (room > PARAMS_MAX)
		return ERR(
		    e, STATUS_INVALID, "a filter of %zu parameters", room);
	*params = arena_alloc(a, room * sizeof(**params));
	for (const char *p = text; p < end;) {
		const char *stop = memchr(p, '&', (size_t)(end - p));

		stop = stop ? stop : end;
		if (stop > p && !read_pair(a, p, (size_t)(stop - p),
				    &(*params)[(*count)++]))
			return ERR(e, STATUS_INVALID,
			    "a filter that is not well-formed");
		p = stop + 1;
	}
	return STATUS_OK;
}
