# xlsx.py: the cells of a workbook, read with nothing but the standard library
# SPDX-License-Identifier: MIT
import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def column(reference):
    n = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        n = n * 26 + ord(letter) - 64
    return n - 1


def text_of(cell):
    text = "".join(t.text or "" for t in cell.iter(NS + "t"))
    return re.sub("_x([0-9A-Fa-f]{4})_",
                  lambda m: chr(int(m[1], 16)), text)


def value_of(cell, formats):
    """(kind, value): text, number, flag, or date with its format."""
    if cell.find(NS + "f") is not None:
        return "formula", cell.find(NS + "f").text
    if cell.get("t") == "inlineStr":
        return "text", text_of(cell)
    value = cell.find(NS + "v").text
    if cell.get("t") == "b":
        return "flag", value == "1"
    style = formats[int(cell.get("s", "0"))]
    return ("date:" + style if style else "number"), float(value)


def formats_of(book):
    root = ElementTree.fromstring(book.read("xl/styles.xml"))
    named = {f.get("numFmtId"): f.get("formatCode")
             for f in root.iter(NS + "numFmt")}
    return [named.get(x.get("numFmtId"), "")
            for x in root.find(NS + "cellXfs")]


def rows(data):
    """Dicts from header to (kind, value); what is empty is not there."""
    book = zipfile.ZipFile(io.BytesIO(data))
    if book.testzip():
        raise AssertionError("the file is damaged")
    formats = formats_of(book)
    root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    table = [{column(c.get("r")): value_of(c, formats) for c in row}
             for row in root.iter(NS + "row")]
    heads = {k: v[1] for k, v in table[0].items()}
    return [{heads[k]: v for k, v in row.items()} for row in table[1:]]
