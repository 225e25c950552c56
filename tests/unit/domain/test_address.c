/* test_address.c: streets and house numbers of many countries */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "domain/import/address.h"

struct address_case {
	const char *line;
	const char *street;
	const char *number; /* NULL: the line stays whole */
};

static const struct address_case cases[] = {
    /* Italian */
    {"Via Roma 12/B", "Via Roma", "12/B"},
    {"Via Roma 12", "Via Roma", "12"},
    {"Via Roma, 12", "Via Roma", "12"},
    {"Via Roma n. 12", "Via Roma", "12"},
    {"Via Roma n.12", "Via Roma", "12"},
    {"Via Roma n° 12/A", "Via Roma", "12/A"},
    {"Via Roma 12 B", "Via Roma", "12 B"},
    {"Via Roma 12 / B", "Via Roma", "12 / B"},
    {"Via XX Settembre 5", "Via XX Settembre", "5"},
    {"Piazza San Carlo", NULL, NULL},
    {"Via Garibaldi, 3 bis", "Via Garibaldi", "3 bis"},
    {"Via Garibaldi 3bis", "Via Garibaldi", "3bis"},
    {"Corso Francia 12 int. 4", "Corso Francia int. 4", "12"},
    {"Via 4 Novembre", NULL, NULL},
    {"Via 4 Novembre 7", "Via 4 Novembre", "7"},
    {"Via 4 Novembre, 7", "Via 4 Novembre", "7"},
    {"Piazza 25 Aprile 1945", NULL, NULL},
    {"Via Roma 12, 20121 Milano", "Via Roma, 20121 Milano", "12"},
    {"Via Roma 12 - 20121 Milano", "Via Roma - 20121 Milano", "12"},
    {"Via Roma 12 (MI)", "Via Roma (MI)", "12"},
    {"Via Roma, 20121 Milano", NULL, NULL},
    {"Via Roma snc", NULL, NULL},
    {"Casella Postale 12", NULL, NULL},
    {"Via 12", NULL, NULL},
    {"Strada Statale 16 km 12", NULL, NULL},
    /* German */
    {"Hauptstraße 12a", "Hauptstraße", "12a"},
    {"Hauptstraße 12 a", "Hauptstraße", "12 a"},
    {"Hauptstr.12", "Hauptstr.", "12"},
    {"Hauptstr. Nr. 12", "Hauptstr.", "12"},
    {"Straße des 17. Juni 135", "Straße des 17. Juni", "135"},
    {"Straße des 17. Juni", NULL, NULL},
    {"Am Markt 3-5", "Am Markt", "3-5"},
    {"Am Markt 3 - 5", "Am Markt", "3 - 5"},
    {"Unter den Linden 77, 10117 Berlin", "Unter den Linden, 10117 Berlin",
	"77"},
    {"Bahnhofstrasse, 8001 Zürich", NULL, NULL},
    {"Haus 5, Am Waldrand", "Am Waldrand", "5"},
    {"Lange Straße 5-7a", "Lange Straße", "5-7a"},
    {"Postfach 1234", NULL, NULL},
    /* French */
    {"12 bis rue de l'Église", "rue de l'Église", "12 bis"},
    {"12 B rue Victor Hugo", "rue Victor Hugo", "12 B"},
    {"Rue de la Paix 5", "Rue de la Paix", "5"},
    {"3, rue Victor Hugo", "rue Victor Hugo", "3"},
    {"3 ter, avenue Foch", "avenue Foch", "3 ter"},
    {"1 place du 11 Novembre 1918", "place du 11 Novembre 1918", "1"},
    {"8 rue du Bac 75007 Paris", "rue du Bac 75007 Paris", "8"},
    {"Rue du 8 Mai 1945", NULL, NULL},
    {"12 rue du 8 Mai 1945", "rue du 8 Mai 1945", "12"},
    {"Rue du 8 Mai 1945, 12", "Rue du 8 Mai 1945", "12"},
    {"5 Place de la Concorde, Appt 3", "Place de la Concorde, Appt 3", "5"},
    /* Spanish and Portuguese */
    {"Calle Mayor, 5", "Calle Mayor", "5"},
    {"Calle Mayor 5, 3", "Calle Mayor, 3", "5"},
    {"C/ Alcalá nº 45, 3º B", "C/ Alcalá, 3º B", "45"},
    {"C/ Alcalá nº45", "C/ Alcalá", "45"},
    {"Avenida 9 de Julio 120", "Avenida 9 de Julio", "120"},
    {"Avenida 9 de Julio", NULL, NULL},
    {"Calle Mayor s/n", NULL, NULL},
    {"Calle 50", NULL, NULL},
    {"Calle 50 # 20-30", "Calle 50", "20-30"},
    {"Carrera 7 No. 71-21", "Carrera 7", "71-21"},
    {"Rua 25 de Março 100", "Rua 25 de Março", "100"},
    {"Av. Corrientes 1234", "Av. Corrientes", "1234"},
    /* British */
    {"221B Baker Street", "Baker Street", "221B"},
    {"Flat 4, 10 Downing Street", "Flat 4, Downing Street", "10"},
    {"10 Downing St", "Downing St", "10"},
    {"10 Downing St, London", "Downing St, London", "10"},
    {"Rose Cottage, 12 High Street", "Rose Cottage, High Street", "12"},
    {"Flat 4", NULL, NULL},
    {"PO Box 12", NULL, NULL},
    {"P.O. Box 99, Leeds", NULL, NULL},
    /* American */
    {"1600 Pennsylvania Ave NW", "Pennsylvania Ave NW", "1600"},
    {"350 5th Ave", "5th Ave", "350"},
    {"742 Evergreen Terrace Apt 3", "Evergreen Terrace Apt 3", "742"},
    {"5th Avenue", NULL, NULL},
    {"Route 66", NULL, NULL},
    {"12345 Sunset Blvd, Suite 100", "Sunset Blvd, Suite 100", "12345"},
    {"100 Main St #200", "Main St #200", "100"},
    {"1234 W 56th St Apt 7B", "W 56th St Apt 7B", "1234"},
    {"Opera House 12", NULL, NULL},
    {"350 N 100 E", "N 100 E", "350"},
    /* Indian */
    {"12, MG Road", "MG Road", "12"},
    {"MG Road 12", "MG Road", "12"},
    {"#12, 3rd Cross, MG Road", "3rd Cross, MG Road", "12"},
    {"Flat 4, B wing, MG Road", NULL, NULL},
    {"Flat No. 4, MG Road", NULL, NULL},
    {"Flat 4, 12 MG Road", "Flat 4, MG Road", "12"},
    {"H.No. 8-2-293/82 Jubilee Hills", "Jubilee Hills", "8-2-293/82"},
    {"H. No. 8-2-293/82, Jubilee Hills", "Jubilee Hills", "8-2-293/82"},
    {"Door No 12, Anna Salai", "Anna Salai", "12"},
    {"House 12, Road 5, Dhanmondi", "Road 5, Dhanmondi", "12"},
    {"Plot No. 45, Sector 21, Gurgaon", "Sector 21, Gurgaon", "Plot No. 45"},
    {"Plot No. 45, Sector 21", "Sector 21", "Plot No. 45"},
    {"Road No. 12, Banjara Hills", NULL, NULL},
    {"B-12, Green Park", "Green Park", "B-12"},
    {"12A, 3rd Floor, MG Road", "3rd Floor, MG Road", "12A"},
    {"MG Road, Mumbai 52", NULL, NULL},
    {"MG Road, Mumbai 400 052", NULL, NULL},
    {"Sector 21, Gurgaon", NULL, NULL},
    {"Flat No. 302, Sai Residency, Plot 12, Madhapur",
	"Flat No. 302, Sai Residency, Madhapur", "Plot 12"},
    {"Old No. 12, New No. 45, Anna Nagar", NULL, NULL},
    {"Shop No 5, Link Road", NULL, NULL},
    {"#45 4th Cross, Indiranagar", "4th Cross, Indiranagar", "45"},
    {"N 45 Greater Kailash", NULL, NULL},
    /* other scripts */
    {"улица Ленина, д. 5, кв. 10", "улица Ленина, кв. 10", "5"},
    {"ул. Ленина 5", "ул. Ленина", "5"},
    {"शिवाजी मार्ग १२", "शिवाजी मार्ग", "१२"},
    {"شارع التحرير ١٢", "شارع التحرير", "١٢"},
    {"東京都渋谷区1-2-3", NULL, NULL},
    /* what cannot be told apart */
    {"12 Via Roma 5", NULL, NULL},
    {"12", NULL, NULL},
    {"12, 14", NULL, NULL},
    {"20121", NULL, NULL},
    {"Milano 20121", NULL, NULL},
    {"Berlin", NULL, NULL},
    {"", NULL, NULL},
    {"  Via Roma   12  ", "Via Roma", "12"},
    {"Via Roma 12,", "Via Roma", "12"},
    {",,, 12 ,,,", NULL, NULL},
};

static void test_lines(void **state)
{
	struct arena a;
	size_t wrong = 0;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct address_case *c = &cases[i];
		const char *street = NULL;
		const char *number = NULL;
		bool split = address_split(&a, c->line, &street, &number);

		if (split == (c->number != NULL) &&
		    (!split || (str_equal(street, c->street) &&
				   str_equal(number, c->number))))
			continue;
		print_error("\"%s\": \"%s\", \"%s\"\n", c->line,
		    str_or_empty(street), str_or_empty(number));
		wrong++;
	}
	arena_release(&a);
	assert_int_equal(wrong, 0);
}

/* Whatever comes, nothing breaks, and what is cut out was in the line. */
static void try_line(struct arena *a, const char *line)
{
	const char *street = "untouched";
	const char *number = "untouched";

	if (!address_split(a, line, &street, &number)) {
		assert_string_equal(street, "untouched");
		assert_string_equal(number, "untouched");
		return;
	}
	assert_non_null(strstr(line, number));
	assert_true(strlen(number) <= 32);
	assert_true(strlen(street) > 0);
	assert_true(strlen(street) <= strlen(line) + 2);
}

static void test_hostile(void **state)
{
	static const char *const pieces[] = {"12", "Via", ",", "-", " ", "/",
	    "n.", "#", "a", "bis", "º", "٣", "\xff", "\xe2\x80", "Box", "(",
	    "No", ".", "Plot", "12345678901234567890"};
	struct arena a;
	unsigned seed = 1;

	(void)state;
	arena_init(&a);
	for (int round = 0; round < 20000; round++) {
		char line[600] = "";
		size_t n = 0;

		for (unsigned i = 0; i < 1 + seed % 60; i++) {
			seed = seed * 1103515245u + 12345u;
			const char *piece = pieces[(seed >> 16) % 20];

			memcpy(line + n, piece, strlen(piece));
			n += strlen(piece);
			if ((seed >> 8) % 2)
				line[n++] = ' ';
			if (n > 550)
				break;
		}
		line[n] = '\0';
		try_line(&a, line);
		arena_reset(&a);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
