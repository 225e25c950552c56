/* bulk_ask.c: keys that many contacts may not be given */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/bulk_plan.h"
#include "domain/privacy/suppression.h"

/* A consent of one person cannot be proven by a change of many. */
static const char *reason(const struct suppression *s)
{
	return s->reason == SUPPRESSION_ERASED
		   ? "The person with this was erased at their request, so it "
		     "is not given to others."
		   : "The person with this has opted out, so it is not given "
		     "to others.";
}

enum status bulk_plan_ask(struct db *db, struct arena *a, struct bulk_plan *p,
    bool lock, struct err *e)
{
	struct suppression_value values[SUPPRESSION_VALUES];
	struct suppression *found = NULL;
	size_t n = suppression_values(p->value, 0, values);
	enum status st = STATUS_OK;

	if (n)
		st = suppression_look(db, a, values, n, lock, &found, e);
	for (size_t i = 0; st == STATUS_OK && found && i < n; i++)
		if (found[i].listed)
			p->refused[suppression_field(values[i].kind)] =
			    reason(&found[i]);
	return st;
}
