/* formats.c: rubrica formats: the import formats, rules and codes as JSON */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "domain/import/formats.h"
#include "domain/import/problem.h"

#define PRINT_CAP (1u << 20)

static void put_format(
    struct json_writer *w, struct arena *a, const struct import_format *f)
{
	json_open(w, '{');
	json_pair_text(w, "key", f->key);
	json_pair_text(w, "label", f->label);
	json_key(w, "rules");
	json_open(w, '{');
	for (const struct rule_info *r = import_rule_infos; r->name; r++)
		json_pair_text(
		    w, r->name, import_rule_get(a, &f->rules, r->name));
	json_close(w, '}');
	json_close(w, '}');
}

static void put_code(struct json_writer *w, const struct problem_info *p)
{
	static const char *const levels[] = {
	    [PROBLEM_REJECT] = "reject",
	    [PROBLEM_SKIP] = "skip",
	    [PROBLEM_WARNING] = "warning",
	};

	json_open(w, '{');
	json_pair_text(w, "code", p->code);
	json_pair_text(w, "level", levels[p->level]);
	json_close(w, '}');
}

int command_formats(int argc, char **argv)
{
	struct arena a;
	struct str text;
	struct json_writer w;

	(void)argc;
	(void)argv;
	arena_init(&a);
	str_init(&text, PRINT_CAP);
	json_writer_init(&w, &text);
	json_open(&w, '{');
	json_key(&w, "formats");
	json_open(&w, '[');
	for (const struct import_format *f = import_formats; f->key; f++)
		put_format(&w, &a, f);
	json_close(&w, ']');
	json_key(&w, "codes");
	json_open(&w, '[');
	for (size_t i = 0; i < PROBLEM_CODES; i++)
		put_code(&w, &problem_infos[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	puts(str_text(&text));
	str_release(&text);
	arena_release(&a);
	return 0;
}
