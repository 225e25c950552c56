/* token_scope.h: what an API token may do */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_TOKEN_SCOPE_H
#define MODEL_TOKEN_SCOPE_H

/* Flags that do not contain one another; the member's role bounds them all. */
enum {
	SCOPE_READ = 1,	  /* what only looks */
	SCOPE_WRITE = 2,  /* contacts, tags, segments, bulk changes ... */
	SCOPE_IMPORT = 4, /* imports: upload, correct, start, stop, undo */
	SCOPE_ERASE = 8	  /* erasing a person for good */
};
#define SCOPES_ALL (SCOPE_READ | SCOPE_WRITE | SCOPE_IMPORT | SCOPE_ERASE)

struct token_scope {
	unsigned flag;
	const char *word;  /* in SQL, forms and messages */
	const char *label; /* for a person */
};
#define TOKEN_SCOPES 4
extern const struct token_scope token_scopes[TOKEN_SCOPES];

#endif
