/* audit_view.c: entries of the audit log, for its page, file and API */
/* SPDX-License-Identifier: MIT */
#include "web/parts/audit_view.h"

#include <inttypes.h>

#include "base/str.h"

static bool is_param(const char *name)
{
	for (size_t i = 0; i < AUDIT_PARAMS; i++)
		if (str_equal(name, audit_param_names[i]))
			return true;
	return false;
}

void audit_view_read(struct request *rq, size_t limit, struct audit_filter *out)
{
	const char *values[AUDIT_PARAMS];

	for (size_t i = 0; i < AUDIT_PARAMS; i++)
		values[i] = form_text(&rq->params, audit_param_names[i]);
	audit_filter_read(rq->arena, values, limit, out);
	for (size_t i = 0; i < rq->params.count; i++)
		if (!is_param(rq->params.fields[i].name) && !out->first_problem)
			out->first_problem = "There is no such filter: take "
					     "it out of the address.";
}

const char *audit_view_who(struct arena *a, const struct audit *entry)
{
	if (!entry->member.n)
		return audit_by_label(audit_by_of(entry));
	return *entry->member_name
		   ? entry->member_name
		   : arena_printf(a, "Member %" PRIu64, entry->member.n);
}

const char *audit_view_token(struct arena *a, const struct audit *entry)
{
	if (!entry->token.n)
		return "";
	return *entry->token_name ? entry->token_name
				  : arena_printf(a, "%" PRIu64, entry->token.n);
}
