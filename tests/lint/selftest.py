# selftest.py: every lint program finds the faults that are planted for it
# SPDX-License-Identifier: MIT
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

import layers  # noqa: E402
import pages  # noqa: E402
import sizes  # noqa: E402
import templates  # noqa: E402
import words  # noqa: E402

ROUTES = """/* routes.h: rows */
/* SPDX-License-Identifier: MIT */
#define ROUTES(PAGE, FILE, API) \\
	PAGE("/one", one, GET, VIEWER) \\
	FILE("/one.csv", one_export, GET, VIEWER) \\
	API("/api/v1/one", one, GET | POST, \\
	    VIEWER)
"""
PAGE_PARTS = {
    "cgi-bin/web/routes.h": ROUTES,
    "cgi-bin/web/pages/one.c": "",
    "cgi-bin/web/pages/one_export.c": "",
    "cgi-bin/web/api/one.c": "",
    "templates/one.cs": "",
    "templates/_layout.cs": "",
    "tests/http/test_one.py": "",
    "tests/http/test_one_export.py": "",
    "tests/http/test_api_one.py": "",
}


class Planted(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="rubrica-lint-")
        self.addCleanup(shutil.rmtree, self.root)

    def plant(self, files):
        shutil.rmtree(self.root)
        os.mkdir(self.root)
        for path, text in files.items():
            path = os.path.join(self.root, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)

    def found(self, check, files):
        self.plant(files)
        return [message for _, _, message in check(self.root)]

    def clean(self, check, files):
        self.assertEqual(self.found(check, files), [])

    def faulty(self, check, files, word):
        found = self.found(check, files)
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])


class Layers(Planted):
    def source(self, path, text, word=None):
        if word:
            self.faulty(layers.check, {path: text}, word)
        else:
            self.clean(layers.check, {path: text})

    def test_downward_is_allowed(self):
        self.source("cgi-bin/web/pages/a.c", '#include "domain/x.h"\n'
                    '#include "web/view.h"\n#include <stdio.h>\n')

    def test_upward(self):
        self.source("cgi-bin/storage/a.c", '#include "domain/x.h"\n',
                    "storage may not include")

    def test_programs_do_not_know_one_another(self):
        for layer, other in (("web", "worker"), ("worker", "cli"),
                             ("cli", "web")):
            self.source(f"cgi-bin/{layer}/a.c", f'#include "{other}/x.h"\n',
                        f"{layer} may not include")

    def test_vendor_header_elsewhere(self):
        for header, owner in layers.OWNERS.items():
            text = f"#include <{header.replace('*', 'x.h')}>\n"
            self.source("cgi-bin/domain/other.c", text, "belongs to")
            self.source("cgi-bin/" + owner, text)

    def test_unknown_library(self):
        self.source("cgi-bin/base/a.c", "#include <zip.h>\n",
                    "no owner")
        self.source("cgi-bin/web/a.c", "#include <fcgi_stdio.h>\n",
                    "no owner")

    def test_neighbour_by_its_bare_name(self):
        self.source("cgi-bin/base/a.c", '#include "str.h"\n', "is not named")

    def test_pure_stage(self):
        self.source("cgi-bin/domain/import/check.c",
                    '#include "storage/db.h"\n', "pure")
        self.source("cgi-bin/domain/import/write.c",
                    '#include "storage/db.h"\n')

    def test_sql(self):
        for text in ("SELECT id FROM contact", "INSERT INTO a VALUES (1)",
                     "UPDATE contact SET a = 1", "DELETE FROM a",
                     "DROP TABLE a", "GRANT SELECT"):
            source = f'static const char *q = "{text}";\n'
            self.source("cgi-bin/domain/a.c", source, "SQL")
            self.source("cgi-bin/storage/a.c", source)
        self.source("cgi-bin/domain/a.c",
                    'f("SELECT a, b "\n  "FROM c");\n', "SQL")
        self.source("cgi-bin/domain/a.c",
                    '/* "SELECT a FROM b" */ f("Select the file from it");\n')

    def test_html(self):
        self.source("cgi-bin/web/pages/a.c", 'f("<p>hello</p>");\n', "HTML")
        self.source("cgi-bin/web/pages/a.c", 'f("a < b and c > d");\n')

    def test_unit_test_of_a_lower_layer(self):
        self.source("tests/unit/base/test_a.c", '#include "web/view.h"\n',
                    "a test of base")

    def test_unknown_layer(self):
        self.source("cgi-bin/misc/a.c", "", "no layer")


class Pages(Planted):
    def test_agreement(self):
        self.clean(pages.check, PAGE_PARTS)

    def test_each_part_is_missed(self):
        for path in PAGE_PARTS:
            if path.endswith(("routes.h", "_layout.cs")):
                continue
            rest = {p: t for p, t in PAGE_PARTS.items() if p != path}
            self.faulty(pages.check, rest, "has no " + path)

    def test_each_part_without_row(self):
        for path in ("cgi-bin/web/pages/two.c", "cgi-bin/web/api/two.c",
                     "templates/two.cs", "tests/http/test_api_two.py"):
            self.faulty(pages.check, {**PAGE_PARTS, path: ""},
                        "has no row")

    def test_table_without_rows(self):
        self.faulty(pages.check, {"cgi-bin/web/routes.h": "/* none */\n"},
                    "no rows")

    def test_nothing_yet(self):
        self.clean(pages.check, {"README.md": ""})


class Templates(Planted):
    def template(self, text, word=None):
        files = {"templates/a.cs": text}
        if word:
            self.faulty(templates.check, files, word)
        else:
            self.clean(templates.check, files)

    def test_safe_constructs(self):
        self.template(
            '<?cs include!"_layout.cs" ?><?cs # a remark ?>\n'
            '<?cs def:cell(a, b) ?><td title="x <?cs var:a ?>"><?cs var:b ?>'
            '</td><?cs /def ?>\n'
            '<?cs each:row = Rows ?><?cs if:row.A == "(b)" && !row.C ?>'
            '<?cs call:cell(row.A, row.B) ?><?cs elif:subcount(row) > 2 ?>'
            '<?cs else ?><?cs /if ?><?cs /each ?>\n'
            '<?cs set:x = #1 ?><?cs loop:i = #1, #5, #1 ?><?cs /loop ?>'
            '<?cs with:a = B.C ?><?cs /with ?>\n'
            '<a href="/contacts?q=<?cs escape:"url" ?><?cs var:q ?>'
            '<?cs /escape ?>">x</a>\n'
            '<a href="<?cs var:url_validate(link) ?>">x</a>\n'
            '<input name="a" <?cs if:x ?>checked<?cs /if ?> value='
            '"<?cs var:v ?>" required>\n'
            '<script src="/static/app.js" defer></script>\n'
            '<!-- a <b onclick=x> in a remark -->\n')

    def test_raw_constructs(self):
        for text in ("<?cs uvar:x ?>", "<?cs evar:x ?>", "<?cs lvar:x ?>",
                     "<?cs name:x ?>", "<?cs alt:x ?>y<?cs /alt ?>",
                     '<?cs linclude:"x.cs" ?>', '<?cs include:"_x.cs" ?>',
                     '<?cs include!"x.cs" ?>', "<?cs include!x ?>",
                     '<?cs escape:"none" ?>', '<?cs escape:"js" ?>',
                     "<?cs escape:mode ?>", "<?cs nonsense ?>"):
            found = self.found(templates.check, {"templates/a.cs": text})
            self.assertTrue(any("safe constructs" in m for m in found), text)

    def test_escape_functions(self):
        for name in ("html_escape", "url_escape", "js_escape", "text_html",
                     "name"):
            self.template(f"<?cs var:{name}(a) + b ?>", "is not allowed")

    def test_attributes(self):
        self.template("<a title=<?cs var:x ?>>", "no quotes")
        self.template("<a class=plain>", "no quotes")
        self.template('<a <?cs var:x ?>>', "outside of quotes")
        self.template('<a onclick="x()">', "event handler")
        self.template('<p style="color: red">', "style attribute")
        self.template('<<?cs var:x ?>>', "names a tag")

    def test_addresses(self):
        self.template('<a href="<?cs var:x ?>">', "url_validate")
        self.template('<a href="<?cs if:a ?><?cs var:x ?><?cs /if ?>">',
                      "url_validate")
        self.template('<form action="<?cs var:x ?>">', "url_validate")
        self.template('<a href="javascript:x()">', "runs script")

    def test_scripts_and_styles(self):
        self.template("<script>x()</script>", "without src")
        self.template("<style>p {}</style>", "<style>")

    def test_other_languages(self):
        self.template("<?php echo 1 ?>", "not <?cs")

    def test_tag_without_end(self):
        self.template('<a title="x"', "no end")


class Words(Planted):
    def c(self, line, word=None):
        files = {"cgi-bin/base/a.c": line + "\n"}
        if word:
            self.faulty(words.check, files, word)
        else:
            self.clean(words.check, files)

    def test_banned_functions(self):
        for name in ("strcpy", "strcat", "sprintf", "strtok", "gmtime",
                     "localtime", "atoi", "system"):
            self.c(f"{name}(a, b);", "is banned")
            self.c(f"/* {name}(a) */ my_{name}(a, \"{name}(b)\");")
        self.c("gmtime_r(a, b); snprintf(a, b, c);")

    def test_statements(self):
        self.c('q = "SELECT GET_LOCK(1)";', "not for us")
        self.c('q = "LIMIT ? OFFSET ?";', "not for us")
        self.faulty(words.check, {"sql/0001_a.sql":
                    "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=MyISAM;\n"},
                    "not for us")
        self.clean(words.check, {"sql/0001_a.sql": "-- no LOCK TABLES here\n"
                   "CREATE TABLE a (id INT PRIMARY KEY) ENGINE = InnoDB;\n"})

    def test_words(self):
        self.c("/* see /ho" + "me/someone/x */", "one machine")
        self.c("/* TO" + "DO: more */", "unfinished")
        self.c("int a; ", "blanks")
        self.c("int a;\r", "CRLF")
        self.faulty(words.check, {"a.md": "text"}, "newline")
        self.faulty(words.check, {"tests/browser/package-lock.json":
                    '{"resolved": "x"}\n'}, "registry")


class Sizes(Planted):
    HEAD = "/* a.c: a thing */\n/* SPDX-License-Identifier: MIT */\n"

    def test_function(self):
        for lines, faults in ((100, 0), (101, 1)):
            text = self.HEAD + "int f(void)\n{\n" + "\tg();\n" * lines + "}\n"
            self.assertEqual(len(self.found(
                sizes.check, {"cgi-bin/base/a.c": text})), faults)

    def test_table_may_be_long(self):
        self.clean(sizes.check, {"cgi-bin/base/a.c": self.HEAD +
                   "int t[] = {\n" + "\t1,\n" * 200 + "};\n"})

    def test_file(self):
        self.faulty(sizes.check, {"tests/a.py": "\n" * 851}, "a file of")

    def test_head(self):
        self.faulty(sizes.check, {"cgi-bin/base/a.c": "/* b.c: x */\n"},
                    "does not begin")
        self.faulty(sizes.check, {"cgi-bin/base/a.c": "/* a.c: x */\n"},
                    "SPDX")


class Headers(Planted):
    def run_headers(self, text):
        self.plant({"cgi-bin/base/a.h": text})
        return subprocess.run(
            ["sh", os.path.join(HERE, "headers.sh"), self.root],
            capture_output=True, check=False).returncode

    def test_header_that_needs_another(self):
        self.assertEqual(self.run_headers("#include <stddef.h>\n"
                                          "size_t f(void);\n"), 0)
        self.assertNotEqual(self.run_headers("size_t f(void);\n"), 0)


class Programs(Planted):
    def test_exit_status(self):
        self.plant({"cgi-bin/base/a.c": Sizes.HEAD + "atoi(x);\n"})
        for name, status in (("words", 1), ("layers", 0)):
            done = subprocess.run(
                [sys.executable, os.path.join(HERE, name + ".py"), self.root],
                capture_output=True, check=False)
            self.assertEqual(done.returncode, status, done.stdout)


if __name__ == "__main__":
    unittest.main()
