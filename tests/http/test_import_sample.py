# test_import_sample.py: each format's sample imports without error
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportSample(unittest.TestCase):
    def test_samples(self):
        options = {"metahumans": {"country": "IN", "segment": "Sample"}}
        for key in ("generic", "aisensy", "metahumans", "isendu",
                    "interakt"):
            answer = http.admin().get("/imports/sample.csv?format=" + key)
            self.assertEqual(answer.status, 200)
            self.assertIn("attachment",
                          answer.headers["content-disposition"])
            self.assertIn("text/csv", answer.headers["content-type"])
            done = imports.imported(answer.body, format=key,
                                    **options.get(key, {}))
            self.assertEqual(done["status"], "done", key)
            self.assertEqual(done["problems"], {}, key)
            self.assertLessEqual(set(done["warnings"]), {"tag-unknown"}, key)
            self.assertEqual(imports.post(
                answer.body, **options.get(key, {})).status, 202)

    def test_unknown(self):
        for query in ("", "?format=", "?format=other"):
            self.assertEqual(http.admin().get(
                "/imports/sample.csv" + query).status, 404)


if __name__ == "__main__":
    unittest.main()
