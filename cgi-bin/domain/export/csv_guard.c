/* csv_guard.c: cells that a spreadsheet must not run as formulas */
/* SPDX-License-Identifier: MIT */
#include "domain/export/csv_guard.h"

static bool begins_formula(char c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' ||
	       c == '\r' || c == '\n';
}

/* An apostrophe that the reader would take off. */
static bool reads_as_guarded(const char *cell)
{
	return cell[0] == '\'' && (cell[1] == '\'' || begins_formula(cell[1]));
}

bool csv_guard(const char *cell)
{
	return begins_formula(cell[0]) || reads_as_guarded(cell);
}

const char *csv_unguard(const char *cell)
{
	return reads_as_guarded(cell) ? cell + 1 : cell;
}

void csv_put_cell(struct str *out, const char *cell)
{
	str_addc(out, '"');
	if (csv_guard(cell))
		str_addc(out, '\'');
	for (; *cell; cell++) {
		if (*cell == '"')
			str_addc(out, '"');
		str_addc(out, *cell);
	}
	str_addc(out, '"');
}
