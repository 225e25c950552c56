# data.py: a contact file of any length, the same at every run
# SPDX-License-Identifier: MIT
"""usage: data.py ROWS FILE [AREA]

An Interakt file: some 100 bytes a row, ten columns, every row good. AREA is
added to each area, for a file in which one column is another."""

import random
import sys

HEADER = ("Name,Country Code,Phone Number,Email,WhatsApp Opted,User ID,Area,"
          "City,Customer Type,Lifetime Value\r\n")

# Letters and blanks only, as the format wants names.
GIVEN = """Aarav Vivaan Aditya Ananya Diya Ishaan Kavya Meera Rohan Saanvi
Sunita Lakshmi Venkatesh Harpreet Gurleen Zoya Imran Fatima Joseph Mariam
José Renée Zoë Øyvind Łukasz Şirin
आरव प्रिया लक्ष्मी राजेश সৌরভ মিতালী கார்த்திக் மீனா రవి అనూష ಅರ್ಜುನ್
Ольга Дмитрий Ελένη Νίκος أحمد فاطمة דוד 伟 美玲 さくら 민준""".split()
FAMILY = """Sharma Verma Gupta Reddy Iyer Nair Menon Chatterjee Banerjee Patel
Deshmukh Kulkarni Subramanian Krishnamurthy Singh Kaur Khan Siddiqui Fernandes
Müller Brontë Åström Kowalczyk Yıldız
शर्मा वर्मा पाटील দাস চট্টোপাধ্যায় சுப்பிரமணியன் రెడ్డి ಗೌಡ
Иванова Петров Παπαδοπούλου الحسن כהן 王 李 田中 김""".split()
PLACES = [("Baner", "Pune"), ("Andheri West", "Mumbai"),
          ("T. Nagar", "Chennai"), ("Indiranagar", "Bengaluru"),
          ("Salt Lake", "Kolkata"), ("Banjara Hills", "Hyderabad"),
          ("Sector 17", "Chandigarh"), ("\"Vashi, Sector 9\"", "Navi Mumbai"),
          ("Gomti Nagar", "Lucknow"), ("कोथरूड", "पुणे"), ("", "Jaipur"),
          ("Fort", "Kochi"), ("C-Scheme", "Jaipur"), ("", "")]
TYPES = ["Retail", "Wholesale", "Prospect", "Gold member", ""]
DOMAINS = ["example.com", "example.org", "example.in", "example.net"]

# Where the leading digits leave room: (country code, leading digits, digits
# after them). Nine in ten numbers are Indian.
INDIA = [("91", str(d), 8) for d in range(97, 100)] + \
        [("91", str(d), 7) for d in range(981, 990)]
ABROAD = [("1", "212555", 4), ("44", "7400", 6), ("39", "347", 7),
          ("971", "50", 7), ("65", "91", 6), ("49", "1512", 7)]


class Numbers:
    """Telephone numbers, each once."""

    def __init__(self, rng):
        self.rng = rng
        self.given = set()

    def next(self):
        while True:
            series = ABROAD if self.rng.random() < 0.1 else INDIA
            code, lead, digits = self.rng.choice(series)
            number = lead + str(self.rng.randrange(10 ** digits)).zfill(digits)
            if (code, number) not in self.given:
                self.given.add((code, number))
                return code, number


def lines(rows, area=""):
    rng = random.Random(20)
    numbers = Numbers(rng)
    # Two thirds of the names are in Latin letters.
    given = GIVEN + [n for n in GIVEN if n.isascii()]
    family = FAMILY + [n for n in FAMILY if n.isascii()]
    for i in range(rows):
        code, number = numbers.next()
        place, city = rng.choice(PLACES)
        if area:
            place = place[:-1] + area + '"' if place.endswith('"') \
                else place + area
        name = rng.choice(given) + " " + rng.choice(family)
        opted = rng.choice(("TRUE", "TRUE", "FALSE", ""))
        email = "" if rng.random() < 0.1 else \
            f"c{number}@{rng.choice(DOMAINS)}"
        yield (f"{name},{code},{number},"
               f"{email},{opted},U{100000 + i},{place},{city},"
               f"{rng.choice(TYPES)},{rng.randrange(10 ** 7) / 100:.2f}\r\n")


def write(path, rows, area=""):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(HEADER)
        f.writelines(lines(rows, area))


if __name__ == "__main__":
    write(sys.argv[2], int(sys.argv[1]), "".join(sys.argv[3:4]))
