/* arena.c: memory that is given back all at once */
/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define FIRST_BLOCK 16384u
#define LARGEST_BLOCK (1u << 20)

struct arena_block {
	struct arena_block *next; /* the one before it in time */
	size_t size;		  /* bytes in data */
	size_t used;		  /* bytes of data handed out */
	alignas(max_align_t) unsigned char data[];
};

struct arena_hook {
	struct arena_hook *next;
	void (*fn)(void *);
	void *arg;
};

void *xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		log_fatal("out of memory (%zu bytes)", n);
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		log_fatal("out of memory (%zu x %zu bytes)", n, size);
	return p;
}

void *xrealloc(void *old, size_t n)
{
	void *p = realloc(old, n ? n : 1);

	if (!p)
		log_fatal("out of memory (%zu bytes)", n);
	return p;
}

char *xstrdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(xmalloc(n), s, n);
}

void arena_init(struct arena *a)
{
	*a = (struct arena){0};
}

static size_t round_up(size_t n)
{
	size_t align = alignof(max_align_t);

	if (n > SIZE_MAX / 2)
		log_fatal("an allocation of %zu bytes", n);
	return (n + align - 1) & ~(align - 1);
}

static void add_block(struct arena *a, size_t need)
{
	size_t size = FIRST_BLOCK;

	if (a->blocks)
		size = a->blocks->size * 2;
	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < need)
		size = need;
	struct arena_block *b = xmalloc(sizeof(*b) + size);

	b->next = a->blocks;
	b->size = size;
	b->used = 0;
	a->blocks = b;
}

void *arena_raw(struct arena *a, size_t n)
{
	n = round_up(n ? n : 1);
	if (!a->blocks || a->blocks->size - a->blocks->used < n)
		add_block(a, n);
	void *p = a->blocks->data + a->blocks->used;

	a->blocks->used += n;
	a->used += n;
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_raw(a, n), 0, n);
}

void *arena_memdup(struct arena *a, const void *p, size_t n)
{
	void *copy = arena_raw(a, n);

	if (n)
		memcpy(copy, p, n);
	return copy;
}

void *arena_grow(
    struct arena *a, void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 16;
	char *more = arena_alloc(a, *room * size);

	if (count)
		memcpy(more, items, count * size);
	return more;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_raw(a, n + 1);

	if (n)
		memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *format, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, format, ap);

	if (n < 0)
		log_fatal("a format that cannot be printed: %s", format);
	char *s = arena_raw(a, (size_t)n + 1);

	vsnprintf(s, (size_t)n + 1, format, again);
	va_end(again);
	return s;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	char *s = arena_vprintf(a, format, ap);

	va_end(ap);
	return s;
}

void arena_on_reset(struct arena *a, void (*fn)(void *), void *arg)
{
	struct arena_hook *h = arena_alloc(a, sizeof(*h));

	h->fn = fn;
	h->arg = arg;
	h->next = a->hooks;
	a->hooks = h;
}

static void run_hooks(struct arena *a)
{
	while (a->hooks) {
		struct arena_hook *h = a->hooks;

		a->hooks = h->next;
		h->fn(h->arg);
	}
}

static void free_blocks(struct arena_block *b)
{
	while (b) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
}

void arena_reset(struct arena *a)
{
	run_hooks(a);
	if (a->blocks) {
		free_blocks(a->blocks->next);
		a->blocks->next = NULL;
		a->blocks->used = 0;
	}
	a->used = 0;
}

void arena_release(struct arena *a)
{
	run_hooks(a);
	free_blocks(a->blocks);
	arena_init(a);
}
