/* arena.h: memory that is given back all at once */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/*
 * An arena owns everything that was allocated from it: one per request, per
 * import batch, per test. There is no free of a single piece. Memory that
 * cannot be had ends the process with a log line (the parent replaces it), so
 * no function here returns NULL.
 *
 *	struct arena a;
 *	arena_init(&a);
 *	char *s = arena_printf(&a, "%d rows", 3);
 *	arena_release(&a);
 */
struct arena_block;
struct arena_hook;

struct arena {
	struct arena_block *blocks; /* newest first; the newest has room */
	struct arena_hook *hooks;   /* newest first */
	size_t used;		    /* bytes handed out since the last reset */
};

/* Makes an empty arena; nothing is allocated until the first request. */
void arena_init(struct arena *a);

/* Returns n bytes, zeroed, aligned for any type. n may be 0. */
void *arena_alloc(struct arena *a, size_t n);

/* The same without the zeroing: for bytes that are written at once. */
void *arena_raw(struct arena *a, size_t n);

/* Copies of a string, of n bytes plus a NUL, of n bytes as they are. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
void *arena_memdup(struct arena *a, const void *p, size_t n);

/* Room for one more behind `count` items of `size` bytes: the items where they
 * are when count < *room, else a copy with more room, zero behind them. An
 * empty list is NULL with a room of 0. */
void *arena_grow(
    struct arena *a, void *items, size_t count, size_t *room, size_t size);

/* A formatted string of any length. */
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Runs fn(arg) at the next reset or release, newest first: for files and
 * handles whose life is that of the arena. */
void arena_on_reset(struct arena *a, void (*fn)(void *), void *arg);

/* Runs the hooks and empties the arena; one block is kept for the next use. */
void arena_reset(struct arena *a);

/* Runs the hooks and frees everything; the arena may be used again. */
void arena_release(struct arena *a);

/* Allocation outside of arenas, for what lives as long as the process: never
 * NULL. The caller frees with free(). */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);

#endif
