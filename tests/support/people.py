# people.py: files of contacts that have everything in them, from a seed
# SPDX-License-Identifier: MIT
import csv
import io
import random

FIRST = ("Asha", "Ravi", "Meera", "Jean", "Giulia", "Søren", "Zoë", "आशा",
         "محمد", "Иван", "Anna", "Luis", "Chloé", "Omar", "Mina", "José")
LAST = ("Rao", "Kumar", "Iyer", "Martin", "Bianchi", "Nielsen", "Brown",
        "शर्मा", "علي", "Петров", "Rossi", "García", "Okafor", "Haddad")
CITIES = ("Pune", "Torino", "Lyon", "São Paulo", "Zürich", "मुंबई", "")
TAGS = ("spring", "trade fair", "newsletter", "VIP", "reseller")
HEADER = ("Name", "Country Code", "Phone Number", "Email", "WhatsApp Opted",
          "User ID", "City", "Tags", "Score", "Note")


def phone(number):
    """The n-th Indian mobile number, without the country code."""
    return str(7000000000 + number * 7919 % 999999937)


def email(number):
    return f"person{number}@example.org"


def person(rng, number, version=1):
    return {
        "Name": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "Country Code": "91",
        "Phone Number": phone(number),
        "Email": email(number) if rng.random() < 0.8 else "",
        # An answer without a time is learned when it is read, which no two
        # runs do at the same moment: so, none.
        "WhatsApp Opted": "",
        "User ID": f"U{number}" if rng.random() < 0.5 else "",
        "City": rng.choice(CITIES),
        "Tags": "|".join(rng.sample(TAGS, rng.choice((0, 0, 1, 2)))),
        "Score": str(rng.randrange(10 ** 6)) if rng.random() < 0.5 else "",
        "Note": rng.choice(("", "", f"says \"hello\", v{version}",
                            "two\r\nlines", "=1+1")),
    }


def spoil(rng, row):
    """One fault of the format interakt."""
    kind = rng.randrange(7)
    if kind == 0:
        row["Name"] += "7"
    elif kind == 1:
        row["Country Code"] = rng.choice(("", "+91", "IN", "999"))
    elif kind == 2:
        row["Phone Number"] = rng.choice(("", "98765-43210", "12", "x"))
    elif kind == 3:
        row["Email"] = rng.choice(("nobody", "a@@example.org"))
    elif kind == 4:
        row["WhatsApp Opted"] = "perhaps"
    elif kind == 5:
        row["Score"] = "much"
    else:
        row["Name"], row["Phone Number"] = "X2", "+1"


def rows(seed, count, first=0, faults=0.05, doubles=0.04, old=0, version=1,
         again=()):
    """`old`: the share of rows about the people from number 0 on, who may be
    in the book already; the others begin with number `first`. `again`: rows
    of an earlier file, of which some come once more as they were."""
    rng = random.Random(seed)
    done, number = [], first
    for _ in range(count):
        chance = rng.random()
        if done and chance < doubles:
            row = dict(rng.choice(done), City=rng.choice(CITIES))
        elif old and chance < doubles + old:
            row = person(rng, rng.randrange(first), version)
        elif again and chance > 0.9:
            row = dict(rng.choice(again))
        else:
            row = person(rng, number, version)
            number += 1
        if rng.random() < faults:
            spoil(rng, row)
        done.append(row)
    return done


def table(lines, header=HEADER):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("utf-8")
