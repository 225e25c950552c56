/* test_view.c: data, rendering, and that no template prints text raw */
/* SPDX-License-Identifier: MIT */
/*
 * The last test reads the templates for the names that they use, gives each a
 * value that does harm where it is printed raw, and looks for the raw form in
 * what comes out; then once more for each name with that one left out, so
 * that the other branches are seen too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "web/view.h"

/* The library loses 32 bytes when a template does not parse; the program ends
 * then. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:cs_parse_string";
}

static const struct conf conf = {.home = "."};
static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* Loads a folder of one template of our own. */
static struct views *load(const char *text)
{
	char folder[] = "/tmp/test_view.XXXXXX";
	struct conf c = {.home = folder};
	struct views *views = NULL;
	struct err e;
	const char *inner;
	const char *file;
	FILE *f;

	assert_non_null(mkdtemp(folder));
	inner = arena_printf(&arena, "%s/templates", folder);
	file = arena_printf(&arena, "%s/a.cs", inner);
	assert_int_equal(mkdir(inner, 0700), 0);
	f = fopen(file, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	if (views_load(&views, &c, &e) != STATUS_OK) {
		views_free(views);
		views = NULL;
	}
	unlink(file);
	rmdir(inner);
	rmdir(folder);
	return views;
}

static const char *render(struct views *views, struct view *v)
{
	struct str out;
	struct err e;
	const char *text;

	str_init(&out, 1u << 20);
	assert_int_equal(view_render(views, v, "a", &out, &e), STATUS_OK);
	text = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	return text;
}

static void test_escaping(void **state)
{
	struct views *views =
	    load("<?cs var:A ?>|<?cs set:B = A ?><?cs var:B ?>|"
		 "<?cs def:m(x) ?><?cs var:x ?><?cs /def ?><?cs call:m(A) ?>|"
		 "<?cs var:url_validate(C) ?>|<?cs var:url_validate(D) ?>|"
		 "<?cs var:url_validate(F) ?>");
	struct view *v = view_new();
	struct node *root = view_root(v);

	(void)state;
	node_set(root, "A", "<b>\"'&");
	node_set(root, "C", "javascript:alert(1)");
	node_set(root, "D", "/a?b=1&c=\"");
	node_set(root, "F", "https://example.com/'");
	assert_string_equal(render(views, v),
	    "&lt;b&gt;&quot;&#39;&amp;|&lt;b&gt;&quot;&#39;&amp;|"
	    "&lt;b&gt;&quot;&#39;&amp;|#|/a?b=1&amp;c=&quot;|"
	    "https://example.com/&#39;");
	view_free(v);
	views_free(views);
}

static void test_data(void **state)
{
	struct views *views =
	    load("<?cs each:r = Rows ?>[<?cs var:r.N ?>]<?cs /each ?>"
		 "<?cs var:Count ?> <?cs var:Big ?> <?cs var:Small ?> "
		 "<?cs if:Yes ?>yes<?cs /if ?><?cs if:No ?>no<?cs /if ?> "
		 "<?cs var:T ?> <?cs var:T.Text ?> <?cs var:T.Ago ?>"
		 "<?cs var:Never ?>");
	struct view *v = view_new();
	struct node *root = view_root(v);

	(void)state;
	for (int i = 0; i < 12; i++)
		node_set_int(node_add(root, "Rows"), "N", i);
	node_set_int(root, "Count", -5);
	node_set_count(root, "Big", 1234567);
	node_set_count(root, "Small", 999);
	node_set_flag(root, "Yes", 1);
	node_set_flag(root, "No", 0);
	node_set_time(root, "T", 1667224800000, 1667224800000 + 7200000);
	node_set_time(root, "Never", 0, 1667224800000);
	assert_string_equal(render(views, v),
	    "[0][1][2][3][4][5][6][7][8][9][10][11]-5 1,234,567 999 yes "
	    "2022-10-31T14:00:00.000Z 31 Oct 2022, 14:00 2 hours ago");
	view_free(v);
	views_free(views);
}

static void test_ago(void **state)
{
	static const struct {
		int64_t span; /* ms before now */
		const char *text;
	} cases[] = {
	    {0, "just now"},
	    {59999, "just now"},
	    {60000, "1 minute ago"},
	    {3599999, "59 minutes ago"},
	    {86400000, "1 day ago"},
	    {86400000ll * 29, "29 days ago"},
	    {86400000ll * 40, "1 month ago"},
	    {86400000ll * 800, "2 years ago"},
	    {-7200000, "in 2 hours"},
	};
	struct views *views = load("<?cs var:T.Text ?>|<?cs var:T.Ago ?>");
	int64_t now = 1667224800000;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct view *v = view_new();

		node_set_time(view_root(v), "T", now - cases[i].span, now);
		assert_string_equal(
		    strchr(render(views, v), '|') + 1, cases[i].text);
		view_free(v);
	}
	struct view *v = view_new();

	node_set_time(view_root(v), "T", 1672704000000, now); /* 3 Jan */
	assert_string_equal(render(views, v), "3 Jan 2023, 00:00|in 2 months");
	view_free(v);
	views_free(views);
}

/* A moment as a person reads it; what only looks like one stays. */
static void test_value(void **state)
{
	static const struct {
		const char *value, *shown;
	} cases[] = {
	    {"2022-10-31T14:00:00.000Z", "31 Oct 2022, 14:00"},
	    {"2023-01-03T09:05:07.999Z", "3 Jan 2023, 09:05:07"},
	    {"2022-13-31T14:00:00.000Z", "2022-13-31T14:00:00.000Z"},
	    {"2022-10-31T14:00:00Z", "2022-10-31T14:00:00Z"},
	    {"2022-10-31", "2022-10-31"},
	    {"twenty-four signs of text", "twenty-four signs of text"},
	    {"0", "0"},
	    {"", ""},
	};
	struct views *views = load("<?cs var:T ?>");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct view *v = view_new();

		node_set_value(view_root(v), "T", cases[i].value);
		assert_string_equal(render(views, v), cases[i].shown);
		view_free(v);
	}
	views_free(views);
}

static void test_errors(void **state)
{
	struct views *views =
	    load("<?cs each:e = Errors ?><?cs var:e.Field ?>=<?cs var:e.Text "
		 "?>;<?cs /each ?><?cs var:Error.name ?>");
	struct view *v = view_new();

	(void)state;
	view_error(v, "name", "Enter a name.");
	view_error(v, "", "And more.");
	assert_string_equal(
	    render(views, v), "name=Enter a name.;=And more.;Enter a name.");
	view_free(v);
	views_free(views);
}

static void test_broken_template(void **state)
{
	(void)state;
	assert_null(load("<?cs if:A ?>no end"));
	assert_null(load("<?cs call:nothing() ?>"));
	assert_null(load("<?cs include!\"_missing.cs\" ?>"));
}

static void test_unknown_and_full(void **state)
{
	struct views *views = load("0123456789");
	struct view *v = view_new();
	struct str out;
	struct err e;

	(void)state;
	str_init(&out, 5);
	assert_int_equal(view_render(views, v, "b", &out, &e), STATUS_FAILED);
	assert_int_equal(view_render(views, v, "a", &out, &e), STATUS_FAILED);
	str_release(&out);
	view_free(v);
	views_free(views);
}

/* --- every template with values that do harm --- */

#define NAMES_MAX 4000
#define DEPTH_MAX 4
static const char payload[] = "javascript:\"'><script>alert(1)</script>";
static const char *const raw_forms[] = {"<script>alert", "\"'><",
    "href=\"javascript:", "action=\"javascript:", "src=\"javascript:"};

/* name stands for what another stands for: the parameter of a macro and what
 * it is called with, the variable of an each and its list. */
struct alias {
	const char *name;
	const char *path;
	bool row; /* of an each: an element of the path */
};
static struct alias aliases[NAMES_MAX];
static size_t alias_count;
static const char *names[NAMES_MAX];
static size_t name_count;
/* The macros' parameters, so that a call can be matched with them. */
struct macro {
	const char *name;
	const char *params[12];
	size_t count;
};
static struct macro macros[100];
static size_t macro_count;

static const char *read_template(const char *file)
{
	const char *path = arena_printf(&arena, "templates/%s", file);
	FILE *f = fopen(path, "r");
	char *text = arena_alloc(&arena, 200000);

	assert_non_null(f);
	assert_true(fread(text, 1, 199999, f) < 199999);
	fclose(f);
	return text;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* The next name at or after *p, strings and numbers passed over; NULL at the
 * end. "Error[name]" gives both names. */
static const char *next_name(const char **p, const char *end)
{
	while (*p < end) {
		const char *from = *p;

		if (**p == '"') {
			do
				++*p;
			while (*p < end && **p != '"');
			++*p;
			continue;
		}
		if (!is_name_char(**p)) {
			++*p;
			continue;
		}
		while (*p < end && is_name_char(**p))
			++*p;
		if (*from >= 'A')
			return arena_strndup(&arena, from, (size_t)(*p - from));
	}
	return NULL;
}

static void add_alias(const char *name, const char *path, bool row)
{
	assert_true(alias_count < NAMES_MAX);
	aliases[alias_count++] = (struct alias){name, path, row};
}

static void add_name(const char *name)
{
	for (size_t i = 0; i < name_count; i++)
		if (strcmp(names[i], name) == 0)
			return;
	assert_true(name_count < NAMES_MAX);
	names[name_count++] = name;
}

static void read_def(const char *p, const char *end)
{
	struct macro *m = &macros[macro_count++];
	const char *param;

	assert_true(macro_count < 100);
	*m = (struct macro){.name = next_name(&p, end)};
	while ((param = next_name(&p, end)) && m->count < 12)
		m->params[m->count++] = param;
}

static void read_call(const char *p, const char *end)
{
	const char *name = next_name(&p, end);
	const struct macro *m = NULL;
	size_t at = 0;

	for (size_t i = 0; i < macro_count; i++)
		if (strcmp(macros[i].name, name) == 0)
			m = &macros[i];
	for (; m && p < end && at < m->count; at++) {
		const char *stop = p;
		bool quoted = false;
		const char *arg;

		while (stop < end && (quoted || (*stop != ',' || stop == p))) {
			if (*stop == '"')
				quoted = !quoted;
			stop++;
		}
		while ((arg = next_name(&p, stop))) {
			add_name(arg);
			add_alias(m->params[at], arg, false);
		}
		p = stop;
	}
}

static void read_each(const char *p, const char *end)
{
	const char *name = next_name(&p, end);
	const char *path = next_name(&p, end);

	if (name && path)
		add_alias(name, path, true);
}

static void read_construct(const char *p, const char *end)
{
	const char *name;

	while (p < end && (*p == ' ' || *p == '\n' || *p == '\t'))
		p++;
	if (*p == '#')
		return;
	if (strncmp(p, "def:", 4) == 0)
		read_def(p + 4, end);
	else if (strncmp(p, "call:", 5) == 0)
		read_call(p + 5, end);
	else if (strncmp(p, "each:", 5) == 0 || strncmp(p, "with:", 5) == 0)
		read_each(p + 5, end);
	while (p < end && is_name_char(*p))
		p++; /* the construct's own word */
	while ((name = next_name(&p, end)))
		add_name(name);
}

static void read_names(const char *file)
{
	const char *p = read_template(file);

	while ((p = strstr(p, "<?cs"))) {
		const char *end = strstr(p, "?>");

		assert_non_null(end);
		read_construct(p + 4, end);
		p = end;
	}
}

struct setting {
	struct node *root;
	const char *value;
};

/* Sets a name, and what it is another name for. */
static void set_name(struct setting *s, const char *name, int depth)
{
	size_t head = strcspn(name, ".");

	node_set(s->root, name, s->value);
	if (depth == DEPTH_MAX)
		return;
	for (size_t i = 0; i < alias_count; i++) {
		const struct alias *a = &aliases[i];
		const char *rest = name + head;

		if (strlen(a->name) != head ||
		    strncmp(a->name, name, head) != 0)
			continue;
		if (strncmp(a->path, name, head) == 0 &&
		    (a->path[head] == '\0' || a->path[head] == '.'))
			continue; /* of itself */
		set_name(s,
		    arena_printf(
			&arena, "%s%s%s", a->path, a->row ? ".0" : "", rest),
		    depth + 1);
	}
}

static void check_output(const char *template, const char *text)
{
	for (size_t i = 0; i < sizeof(raw_forms) / sizeof(*raw_forms); i++)
		if (strstr(text, raw_forms[i]))
			fail_msg("%s prints text raw: %.80s", template,
			    strstr(text, raw_forms[i]));
}

/* without: the number of the name that is left out; names beyond all: none. */
static size_t render_hostile(
    struct views *views, const char *template, size_t without)
{
	struct view *v = view_new();
	struct setting s = {view_root(v), payload};
	struct str out;
	struct err e;
	size_t seen = 0;

	for (size_t i = 0; i < name_count; i++)
		if (i != without)
			set_name(&s, names[i], 0);
	str_init(&out, 8u << 20);
	if (view_render(views, v, template, &out, &e) != STATUS_OK)
		fail_msg("%s: %s", template, e.message);
	check_output(template, str_text(&out));
	for (const char *p = str_text(&out); (p = strstr(p, "&lt;script")); p++)
		seen++;
	str_release(&out);
	view_free(v);
	return seen;
}

static void test_all_templates(void **state)
{
	static const char *const shared[] = {
	    "_macros.cs", "_head.cs", "_foot.cs"};
	struct views *views = NULL;
	struct err e;
	const char *name;

	(void)state;
	assert_int_equal(views_load(&views, &conf, &e), STATUS_OK);
	for (size_t i = 0; (name = views_name(views, i)); i++) {
		alias_count = name_count = macro_count = 0;
		for (size_t k = 0; k < sizeof(shared) / sizeof(*shared); k++)
			read_names(shared[k]);
		read_names(arena_printf(&arena, "%s.cs", name));
		/* The frame alone prints some; so the values do arrive. */
		assert_true(render_hostile(views, name, NAMES_MAX) > 5);
		for (size_t k = 0; k < name_count; k++)
			render_hostile(views, name, k);
		arena_release(&arena);
	}
	views_free(views);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(test_escaping, tear_down),
	    cmocka_unit_test_teardown(test_data, tear_down),
	    cmocka_unit_test_teardown(test_ago, tear_down),
	    cmocka_unit_test_teardown(test_value, tear_down),
	    cmocka_unit_test_teardown(test_errors, tear_down),
	    cmocka_unit_test_teardown(test_broken_template, tear_down),
	    cmocka_unit_test_teardown(test_unknown_and_full, tear_down),
	    cmocka_unit_test_teardown(test_all_templates, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
