/* import_rows_csv.c: the rows of an import that have one outcome or finding */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/import/problem.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status page_import_rows_csv(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const outcomes[] = {
	    "created", "updated", "unchanged", "skipped", "rejected"};
	const char *wanted = form_text(&rq->params, "outcome");

	const char *code = form_text(&rq->params, "code");

	for (int i = 0; *code && i < PROBLEM_CODES; i++)
		if (str_equal(code, problem_infos[i].code))
			return import_download_code(
			    rq, rs, problem_infos[i].code, e);
	if (*code)
		return STATUS_NOT_FOUND;
	if (!*wanted)
		return import_download(
		    rq, rs, result_processed, "processed", e);
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (str_equal(wanted, outcomes[i]))
			return import_download_outcome(rq, rs, outcomes[i], e);
	return STATUS_NOT_FOUND;
}
