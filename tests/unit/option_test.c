/* SPDX-License-Identifier: MIT */
/* Options by the table: what is taken, what is refused, what is left. */
#include <stdlib.h>

#include "base/time.h"
#include "check.h"
#include "stage/option.h"

struct made {
	int flag, other, choice;
	const char *name;
	int64_t count, span, time;
	struct dec amount, share;
	struct option_list list;
};

#define AT(field) offsetof(struct made, field)

static const struct option_row rows[] = {
    {'f', "flag", NULL, OPT_FLAG, AT(flag), "", NULL, NULL, 0, 0},
    {'o', "other", NULL, OPT_FLAG, AT(other), "", NULL, NULL, 0, 0},
    {'n', "name", "N", OPT_STRING, AT(name), "", "none", NULL, 0, 0},
    {'c', "count", "N", OPT_INT, AT(count), "", "3", NULL, -2, 9},
    {0, "choice", "C", OPT_CHOICE, AT(choice), "", "b", "a|b|abc", 0, 0},
    {0, "span", "T", OPT_SPAN, AT(span), "", "1d", NULL, 0, 0},
    {0, "time", "T", OPT_TIME, AT(time), "", NULL, NULL, 0, 0},
    {0, "amount", "A", OPT_DEC, AT(amount), "", NULL, NULL, 0, 0},
    {0, "share", "S", OPT_FRACTION, AT(share), "", NULL, NULL, 0, 0},
    {'l', "list", "L", OPT_LIST, AT(list), "", NULL, NULL, 0, 0},
    {0},
};

struct common {
	int quiet;
};

static const struct option_row common_rows[] = {
    {'q', "quiet", NULL, OPT_FLAG, offsetof(struct common, quiet), "", NULL,
	NULL, 0, 0},
    {'h', "help", NULL, OPT_ACTION, 0, "", NULL, NULL, 7, 0},
    {0},
};

static struct made made;
static struct common common;
static struct option_error error;
static const struct option_row *action;
static char words[256], *argv[32];
static int argc;

/* "a b" are the words; operands are those that come first afterwards. */
static int
parse(const char *text)
{
	option_release(rows, &made);
	memset(&made, 0, sizeof made);
	memset(&common, 0, sizeof common);
	error.text[0] = '\0';
	snprintf(words, sizeof words, "%s", text);
	argc = 0;
	argv[argc++] = words + strlen(words);
	for (char *w = strtok(words, " "); w != NULL; w = strtok(NULL, " "))
		argv[argc++] = strcmp(w, "''") == 0 ? w + 2 : w;
	argv[argc] = NULL;
	return option_parse(rows, &made, common_rows, &common, argc, argv,
	    &action, &error);
}

static void
check_refused(const char *text, const char *why)
{
	CHECK_INT(parse(text), -1);
	CHECK_STR(error.text, why);
}

static void
test_taken(void)
{
	TEST("without options there are the defaults") {
		CHECK_INT(parse(""), 0);
		CHECK_INT(made.flag, 0);
		CHECK_STR(made.name, "none");
		CHECK_INT(made.count, 3);
		CHECK_INT(made.choice, 1);
		CHECK_INT(made.span, TIME_DAY);
		CHECK(action == NULL);
	}
	TEST("values may be attached or follow, the last one wins") {
		CHECK_INT(parse("--name=x --count 7 -n y --choice=abc -c-2"),
		    0);
		CHECK_STR(made.name, "y");
		CHECK_INT(made.count, -2);
		CHECK_INT(made.choice, 2);
		CHECK_INT(parse("-nfo -n= --name=a=b"), 0);
		CHECK_STR(made.name, "a=b");
	}
	TEST("letters go together, of both tables") {
		CHECK_INT(parse("-fqo"), 0);
		CHECK(made.flag && made.other && common.quiet);
		CHECK_INT(parse("-fnx"), 0);
		CHECK(made.flag);
		CHECK_STR(made.name, "x");
		CHECK_INT(parse("-fn x"), 0);
		CHECK_STR(made.name, "x");
	}
	TEST("operands keep their order, wherever options stand") {
		CHECK_INT(parse("a -f b --name x - c"), 4);
		CHECK_STR(argv[1], "a");
		CHECK_STR(argv[2], "b");
		CHECK_STR(argv[3], "-");
		CHECK_STR(argv[4], "c");
		CHECK_INT(parse("a -- -f --name"), 3);
		CHECK_STR(argv[2], "-f");
		CHECK_STR(argv[3], "--name");
		CHECK(!made.flag);
	}
	TEST("a value may look like an option") {
		CHECK_INT(parse("--name --flag"), 0);
		CHECK_STR(made.name, "--flag");
		CHECK(!made.flag);
	}
	TEST("lists gather what is repeated") {
		CHECK_INT(parse("-l a --list b x --list=c"), 1);
		CHECK_INT(made.list.count, 3);
		CHECK_STR(made.list.items[0], "a");
		CHECK_STR(made.list.items[2], "c");
	}
	TEST("the first action is told") {
		CHECK_INT(parse("-fh"), 0);
		CHECK(action != NULL && action->min == 7);
	}
	TEST("numbers, shares, times") {
		CHECK_INT(parse("--amount -1.50 --share 5bp --span 250ms "
		    "--time 2024-01-02"), 0);
		CHECK(made.amount.m == -15 && made.amount.scale == 1);
		CHECK(made.share.m == 5 && made.share.scale == 4);
		CHECK_INT(made.span, 250 * (TIME_SECOND / 1000));
		CHECK_INT(made.time, 19724 * TIME_DAY);
		CHECK_INT(parse("--share 0.1 --time 2024-01-02T01:00:00+01:00"),
		    0);
		CHECK(made.share.m == 1 && made.share.scale == 1);
		CHECK_INT(made.time, 19724 * TIME_DAY);
		CHECK_INT(parse("--share 12.5%"), 0);
		CHECK(made.share.m == 125 && made.share.scale == 3);
	}
}

static void
test_refused(void)
{
	TEST("what is not known is refused, with the nearest name") {
		check_refused("--flog",
		    "unknown option '--flog' (did you mean '--flag'?)");
		check_refused("--zzzzzz", "unknown option '--zzzzzz' "
		    "(see --help)");
		check_refused("-z", "unknown option '-z' (see --help)");
		check_refused("-fz", "unknown option '-z' (see --help)");
		check_refused("-\xc3\xa9", "unknown option (see --help)");
	}
	TEST("nothing may be left out or shortened") {
		check_refused("--fla",
		    "unknown option '--fla' (did you mean '--flag'?)");
		CHECK_INT(parse("--=x"), -1);
		check_refused("--name", "--name wants a value (N)");
		check_refused("-fn", "--name wants a value (N)");
		check_refused("--flag=1", "--flag takes no value");
	}
	TEST("bad values are shown, with what is wanted") {
		check_refused("--count 10", "bad value '10' for --count "
		    "(wants N)");
		check_refused("--count -3", "bad value '-3' for --count "
		    "(wants N)");
		check_refused("--count 1.5", "bad value '1.5' for --count "
		    "(wants N)");
		check_refused("--count ''", "bad value '' for --count "
		    "(wants N)");
		check_refused("--choice c", "bad value 'c' for --choice "
		    "(wants a|b|abc)");
		check_refused("--choice ab", "bad value 'ab' for --choice "
		    "(wants a|b|abc)");
		check_refused("--choice=", "bad value '' for --choice "
		    "(wants a|b|abc)");
		check_refused("--span 5", "bad value '5' for --span "
		    "(wants T)");
		check_refused("--span 0s", "bad value '0s' for --span "
		    "(wants T)");
		check_refused("--time 2024-02-30", "bad value '2024-02-30' "
		    "for --time (wants T)");
		check_refused("--amount 1,5", "bad value '1,5' for --amount "
		    "(wants A)");
		check_refused("--share %", "bad value '%' for --share "
		    "(wants S)");
		check_refused("--amount \x1b[0m", "bad value '\\x1b[0m' for "
		    "--amount (wants A)");
	}
	TEST("a long value does not cut the message off in a character") {
		char text[200] = "--count ";

		memset(text + 8, 'x', 150);
		CHECK_INT(parse(text), -1);
		CHECK(strstr(error.text, "...' for --count (wants N)") !=
		    NULL);
	}
}

int
main(void)
{
	test_taken();
	test_refused();
	option_release(rows, &made);
	return check_done();
}
