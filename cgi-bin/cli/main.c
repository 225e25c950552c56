/* main.c: the command line: a table of commands */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/str.h"
#include "cli/command.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *words; /* what may follow */
	const char *text;
};

static const struct command commands[] = {
    {"serve", command_serve, "[database]",
	"run everything in the foreground, or the database alone"},
    {"start", command_start, "", "run everything in the background"},
    {"stop", command_stop, "", "stop what serve or start has started"},
    {"migrate", command_migrate, "", "bring the tables up to date"},
    {"user", command_user,
	"list | add EMAIL ROLE [NAME] | password EMAIL | "
	"disable EMAIL | enable EMAIL",
	"the members; a password is read from standard input, or made"},
    {"token", command_token, "[EMAIL]",
	"print a new API token of a member, or of the first admin"},
    {"config", command_config, "[KEY VALUE]",
	"set one of the settings, or list them"},
    {"import", command_import, "FILE consent [nowait] [NAME=VALUE]...",
	"import a file: format=, header=, segment=, tags=, mapping=, "
	"last_mapping=, or any rule"},
    {"formats", command_formats, "",
	"print the import formats, their rules and codes as JSON"},
};

static int usage(void)
{
	size_t count = sizeof(commands) / sizeof(commands[0]);

	fprintf(stderr, "usage:\n");
	for (size_t i = 0; i < count; i++)
		fprintf(stderr, "  rubrica %s %s\n      %s\n", commands[i].name,
		    commands[i].words, commands[i].text);
	fprintf(stderr, "The data is in RUBRICA_VAR (default: var).\n");
	return 2;
}

int main(int argc, char **argv)
{
	size_t count = sizeof(commands) / sizeof(commands[0]);

	log_init("rubrica");
	for (size_t i = 0; argc > 1 && i < count; i++)
		if (str_equal(argv[1], commands[i].name))
			return commands[i].run(argc - 2, argv + 2);
	return usage();
}
