/* SPDX-License-Identifier: MIT */
/* Every golden table of indicators is in tests/golden/indicators.tsv, and agrees
 * as it says there; none is left out silently. */
#include <dirent.h>
#include <jansson.h>

#include "base/real.h"
#include "check.h"
#include "feature_series.h"

enum { LINES_MAX = 2000, CELLS = 32 };

struct line {
	char *file, *column, *use, *output, *from, *tolerance, *why;
	int is_used; /* the table has it */
};

static struct line lines[LINES_MAX];
static int nlines;
static const char *shared;
static struct series s;
static double want[SERIES_MAX];
static int nwant;
static char last[512]; /* the table whose bars are in s */

static double
number(const char *cell)
{
	double x;
	return real_parse(cell, strlen(cell), &x) == 0 ? x : NAN;
}

/* Splits at commas outside quotes, in place; quotes go. */
static int
split(char *p, char *cells[CELLS])
{
	int n = 0, is_quoted;
	char *to;
	p[strcspn(p, "\r\n")] = '\0';
	while (n < CELLS) {
		cells[n++] = to = p;
		is_quoted = *p == '"';
		for (p += is_quoted; *p != '\0'; p++) {
			if (is_quoted && *p == '"' && *++p != '"')
				is_quoted = 0;
			if (!is_quoted && *p == ',')
				break;
			*to++ = *p;
			if (*p == '\0')
				break;
		}
		if (*p == '\0') {
			*to = '\0';
			return n;
		}
		*to = '\0';
		p++;
	}
	return n;
}

static FILE *
open_shared(const char *file)
{
	char path[2048];
	snprintf(path, sizeof(path), "%s/golden/public/%s", shared, file);
	return fopen(path, "r");
}

static void
read_list(void)
{
	char text[1024], *p;
	FILE *f = fopen("tests/golden/indicators.tsv", "r");
	while (f != NULL && nlines < LINES_MAX &&
	    fgets(text, sizeof(text), f) != NULL) {
		struct line *l = &lines[nlines];
		char **const cells[] = {&l->file, &l->column, &l->use,
		    &l->output, &l->from, &l->tolerance, &l->why};
		size_t i;
		if (text[0] == '#' || (p = strdup(text)) == NULL)
			continue;
		p[strcspn(p, "\n")] = '\0';
		for (i = 0; i < 7 && p != NULL; i++)
			*cells[i] = strsep(&p, "\t");
		CHECK(i == 7 && p == NULL && l->why[0] != '\0');
		nlines++;
	}
	if (f != NULL)
		fclose(f);
	CHECK(nlines > 500);
}

/* Reads the bars (column NULL), or a column, of a table. */
static int
read_table(const char *file, const char *column)
{
	static const char *const names[] = {"open", "high", "low", "close",
	    "volume"};
	char text[4096], head[4096], *cells[CELLS], *heads[CELLS];
	FILE *f = open_shared(file);
	int n = 0, i, k, count, have, found = 0;
	if (f == NULL || fgets(head, sizeof(head), f) == NULL)
		return -1;
	count = split(head, heads);
	for (; n < SERIES_MAX && fgets(text, sizeof(text), f) != NULL; n++) {
		double v[5] = {NAN, NAN, NAN, NAN, NAN};
		have = split(text, cells);
		want[n] = NAN;
		for (i = 0; i < count && i < have; i++) {
			for (k = 0; k < 5; k++)
				if (strcmp(heads[i], names[k]) == 0)
					v[k] = number(cells[i]);
			if (column != NULL && strcmp(heads[i], column) == 0) {
				want[n] = number(cells[i]);
				found++;
			}
		}
		if (column != NULL)
			continue;
		/* some tables leave out closes that they do not use */
		s.bar[n] = (struct feature_input){.open = v[0], .high = v[1],
		    .low = v[2], .close = isnan(v[3]) ? (v[1] + v[2]) / 2
		                                      : v[3],
		    .volume = v[4], .session = n};
	}
	fclose(f);
	nwant = n;
	if (column == NULL)
		s.n = n;
	return column == NULL || found > 0 ? n : -1;
}

static int
is_of(const struct line *l, const char *start)
{
	return strncmp(l->file, start, strlen(start)) == 0;
}

/* The value of an output at a row; "_up~13": the mean with that before. */
static double
value_of(const struct feature_use *u, const char *output, int row)
{
	size_t n = strcspn(output, "~");
	int back = output[n] == '~' ? atoi(output + n + 1) : 0, i;
	if (strcmp(output, "-") == 0)
		n = 0;
	for (i = 0; i < u->noutputs; i++) {
		const char *ending = u->feature->outputs[i];
		if (strlen(ending) == n && memcmp(ending, output, n) == 0)
			return row < back ? (double)NAN
			                  : (s.out[row][i] +
			                        s.out[row - back][i]) / 2;
	}
	printf("# no output %s\n", output);
	return NAN;
}

/* Every row that the table has from l->from on. */
static void
compare(const struct line *l)
{
	struct feature_use u = series_use(l->use);
	double tolerance = number(l->tolerance);
	int i, rows = 0, wrong = 0;
	series_run(&s, &u);
	for (i = atoi(l->from); i < nwant && i < s.n; i++) {
		double got = value_of(&u, l->output, i);
		if (isnan(want[i]))
			continue;
		rows++;
		if (fabs(got - want[i]) <= tolerance * fmax(1, fabs(want[i])))
			continue;
		if (wrong++ < 2)
			printf("# %s %s row %d: %.12g, want %.12g\n", l->file,
			    l->column, i, got, want[i]);
	}
	CHECK(rows > 0);
	CHECK_INT(wrong, 0);
}

static void
compare_table(const struct line *l)
{
	char file[512];
	const char *bars = file;
	snprintf(file, sizeof(file), "indicators/%s", l->file);
	if (is_of(l, "multi_peer_spy"))
		bars = "data/spy_d_2005_2019.csv";
	if (is_of(l, "multi_peer_eurusd"))
		bars = "data/eurusd_d_mid_2007_2009.csv";
	if (strcmp(last, bars) != 0) {
		CHECK(read_table(bars, NULL) > 0);
		snprintf(last, sizeof(last), "%s", bars);
	}
	CHECK(read_table(file, l->column) > 0);
	compare(l);
}

/* ---- TA-Lib's own table: function, parameters, output, row, value ---- */

static int
read_expected(const char *column, int *known)
{
	char text[1024], key[512], *c[CELLS];
	FILE *f = open_shared("indicators/talib_regtest/expected.csv");
	int rows = 0, i, row;
	for (i = 0; i < SERIES_MAX; i++)
		want[i] = NAN;
	nwant = 252;
	if (f == NULL || fgets(text, sizeof(text), f) == NULL)
		return -1;
	while (fgets(text, sizeof(text), f) != NULL) {
		if (split(text, c) < 6)
			continue;
		snprintf(key, sizeof(key), "%s %s %s", c[0], c[1], c[2]);
		row = atoi(c[3]);
		for (i = 0; known != NULL && i < nlines; i++)
			if (strcmp(lines[i].column, key) == 0)
				break;
		if (known != NULL && i < nlines)
			lines[i].is_used = 1;
		else if (known != NULL)
			printf("# %s is not in the list\n", key), (*known)--;
		if (column == NULL || strcmp(key, column) != 0 || row >= 252)
			continue;
		want[row] = number(c[5]);
		rows++;
	}
	fclose(f);
	return rows;
}

static void
compare_expected(const struct line *l)
{
	last[0] = '\0';
	CHECK(read_table("indicators/talib_regtest/data_252.csv", NULL) ==
	    252);
	CHECK(read_expected(l->column, NULL) > 0);
	compare(l);
}

/* ---- cases of technicalindicators: "id" or "id output" ---- */

static json_t *cases;

static double
item(const json_t *of, const char *name, size_t i)
{
	const json_t *x = json_array_get(json_object_get(of, name), i);
	return json_is_number(x) ? json_number_value(x) : (double)NAN;
}

static const json_t *
find_case(const char *column)
{
	size_t i, n = strcspn(column, " ");
	for (i = 0; i < json_array_size(cases); i++) {
		const json_t *c = json_array_get(cases, i);
		const char *id = json_string_value(json_object_get(c, "id"));
		if (strlen(id) == n && memcmp(id, column, n) == 0)
			return c;
	}
	return NULL;
}

static void
read_case(const json_t *c, const char *output)
{
	const json_t *in = json_object_get(c, "inputs");
	const json_t *expected = json_object_get(c, "expected");
	const char *first = json_object_iter_key(
	    json_object_iter((json_t *)(uintptr_t)in));
	size_t n = json_array_size(json_object_get(in, first)), i, from;
	from = (size_t)json_integer_value(
	    json_object_get(c, "first_output_row"));
	for (i = 0; i < n; i++) {
		struct feature_input *b = &s.bar[i];
		*b = (struct feature_input){.open = item(in, "open", i),
		    .high = item(in, "high", i), .low = item(in, "low", i),
		    .close = item(in, "close", i),
		    .volume = item(in, "volume", i)};
		if (json_object_get(in, "values") != NULL)
			b->close = item(in, "values", i);
		if (isnan(b->close))
			b->close = (b->high + b->low) / 2;
		const json_t *x = i < from ? NULL
		                           : json_array_get(expected, i - from);
		if (output != NULL)
			x = json_object_get(x, output);
		want[i] = json_is_number(x) ? json_number_value(x)
		                            : (double)NAN;
	}
	s.n = nwant = (int)n;
}

static void
compare_case(const struct line *l)
{
	const json_t *c = find_case(l->column);
	const char *output = strchr(l->column, ' ');
	CHECK(c != NULL);
	if (c == NULL)
		return;
	last[0] = '\0';
	read_case(c, output != NULL ? output + 1 : NULL);
	compare(l);
}

/* ---- nothing is left out ---- */

static int
is_input(const char *column)
{
	static const char *const inputs[] = {"row", "time", "open", "high",
	    "low", "close", "volume"};
	size_t i;
	for (i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++)
		if (strcmp(column, inputs[i]) == 0)
			return 1;
	return 0;
}

static int
use_line(const char *file, const char *column)
{
	int i;
	for (i = 0; i < nlines; i++)
		if (strcmp(lines[i].file, file) == 0 &&
		    strcmp(lines[i].column, column) == 0)
			return lines[i].is_used = 1;
	printf("# %s %s is not in the list\n", file, column);
	return 0;
}

static void
check_columns(const char *file)
{
	char path[1024], head[4096], *cells[CELLS];
	FILE *f;
	int i, n;
	snprintf(path, sizeof(path), "indicators/%s", file);
	f = open_shared(path);
	CHECK(f != NULL && fgets(head, sizeof(head), f) != NULL);
	n = split(head, cells);
	for (i = 0; i < n; i++)
		CHECK(is_input(cells[i]) || use_line(file, cells[i]));
	fclose(f);
}

/* Every table in a folder of the indicators. */
static int
check_folder(const char *folder)
{
	char path[1024], name[512];
	const struct dirent *d;
	int count = 0;
	DIR *dir;
	snprintf(path, sizeof(path), "%s/golden/public/indicators/%s", shared,
	    folder);
	dir = opendir(path);
	while (dir != NULL && (d = readdir(dir)) != NULL) {
		const char *dot = strrchr(d->d_name, '.');
		snprintf(name, sizeof(name), "%s%s%.200s", folder,
		    folder[0] != '\0' ? "/" : "", d->d_name);
		if (dot == NULL && folder[0] == '\0')
			count += check_folder(d->d_name);
		else if (dot != NULL && strcmp(dot, ".csv") == 0 &&
		    strcmp(d->d_name, "expected.csv") != 0) {
			check_columns(name);
			count++;
		}
	}
	if (dir != NULL)
		closedir(dir);
	return count;
}

static void
check_cases(void)
{
	size_t i;
	int k, found;
	for (i = 0; i < json_array_size(cases); i++) {
		const char *id = json_string_value(json_object_get(
		    json_array_get(cases, i), "id"));
		for (found = 0, k = 0; k < nlines; k++)
			if (strncmp(lines[k].column, id, strlen(id)) == 0 &&
			    strcspn(lines[k].column, " ") == strlen(id))
				found = lines[k].is_used = 1;
		if (!found)
			printf("# %s is not in the list\n", id);
		CHECK(found);
	}
}

static void
test_complete(void)
{
	int known = 0, i;
	TEST("no table, column or case is left out of the list") {
		CHECK(check_folder("") > 100);
		read_expected(NULL, &known);
		CHECK_INT(known, 0);
		CHECK(json_array_size(cases) > 30);
		check_cases();
	}
	TEST("and the list has nothing else")
		for (i = 0; i < nlines; i++)
			if (!lines[i].is_used) {
				printf("# %s %s is not there\n", lines[i].file,
				    lines[i].column);
				CHECK(0);
			}
	TEST("what is not compared says why")
		for (i = 0; i < nlines; i++)
			CHECK(strcmp(lines[i].use, "-") != 0 ||
			    strlen(lines[i].why) > 5);
}

static void
test_each(void)
{
	char name[1024];
	int i;
	for (i = 0; i < nlines; i++) {
		const struct line *l = &lines[i];
		if (strcmp(l->use, "-") == 0)
			continue;
		snprintf(name, sizeof(name), "%s is %s of %s (%s)", l->use,
		    l->column, l->file, l->why);
		TEST(name) {
			if (is_of(l, "talib_regtest/expected"))
				compare_expected(l);
			else if (is_of(l, "technicalindicators"))
				compare_case(l);
			else
				compare_table(l);
		}
		check_close();
		check_name = NULL;
	}
}

int
main(void)
{
	char path[1024];
	int i;
	shared = getenv("TAPE_SHARED");
	if (shared == NULL)
		shared = "../shared";
	snprintf(path, sizeof(path),
	    "%s/golden/public/indicators/technicalindicators/cases.json",
	    shared);
	cases = json_load_file(path, 0, NULL);
	if (cases == NULL) {
		printf("1..0 # SKIP no golden tables at %s\n", shared);
		return 0;
	}
	TEST("the list is read")
		read_list();
	test_complete();
	test_each();
	for (i = 0; i < nlines; i++)
		free(lines[i].file);
	json_decref(cases);
	return check_done();
}
