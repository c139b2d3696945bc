/* SPDX-License-Identifier: MIT */
/* Zones against known clock changes and against the C library. */
#include "base/zone.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "base/time.h"
#include "base/tzrule.h"
#include "check.h"

static int64_t
time_of(const char *s)
{
	int64_t ns = TIME_NONE;

	CHECK(time_parse(s, strlen(s), &ns, NULL) == 0);
	return ns;
}

/* local written as if it were UTC; the UTC it stands for */
static void
check_local(const struct zone *z, const char *local, const char *utc)
{
	char buf[TIME_TEXT_MAX + 1];

	buf[time_print(zone_to_utc(z, time_of(local)), 0, buf)] = '\0';
	CHECK_STR(buf, utc);
}

static void
check_fixed(const char *name, int32_t offset)
{
	struct zone *z = zone_new(name);

	CHECK(z != NULL);
	if (z == NULL)
		return;
	CHECK_STR(zone_name(z), name);
	CHECK_INT(zone_offset(z, 0), offset);
	CHECK_INT(zone_offset(z, INT64_MIN), offset);
	CHECK_INT(zone_offset(z, INT64_MAX), offset);
	CHECK_INT(zone_to_utc(z, 0), -offset * TIME_SECOND);
	zone_free(z);
}

static void
test_refused(void)
{
	static const char *const bad[] = { "", "Mars/Olympus", "../passwd",
		"America/../../../../etc/passwd", "/etc/localtime", "America",
		"America/New_York/", "zone.tab/x", "+5:30", "+05:60", "+24:00",
		"05:30", "../x:", "a:b", "America/New York",
		/* a real zone, said in more bytes than a name may have */
		"America/./././././././././././././././././././././././././New_York" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		errno = 0;
		CHECK(zone_new(bad[i]) == NULL);
		CHECK_INT(errno, ENOENT);
	}
	errno = 0;
	CHECK(zone_new("tzdata.zi") == NULL || errno == 0);
	CHECK(errno == EINVAL || errno == ENOENT);
}

static void
test_new_york(void)
{
	struct zone *z = zone_new("America/New_York");

	CHECK(z != NULL);
	if (z == NULL)
		return;
	CHECK_INT(zone_offset(z, time_of("2020-03-08T06:59:59.9Z")), -18000);
	CHECK_INT(zone_offset(z, time_of("2020-03-08T07:00:00Z")), -14400);
	CHECK_INT(zone_offset(z, time_of("2020-11-01T05:59:59Z")), -14400);
	CHECK_INT(zone_offset(z, time_of("2020-11-01T06:00:00Z")), -18000);
	CHECK_INT(zone_offset(z, time_of("1969-12-31T23:59:59.5Z")), -18000);
	CHECK_INT(zone_offset(z, time_of("1800-01-01T00:00:00Z")), -17762);
	/* the footer's rule */
	CHECK_INT(zone_offset(z, time_of("2045-01-15T12:00:00Z")), -18000);
	CHECK_INT(zone_offset(z, time_of("2035-03-11T06:59:59Z")), -18000);
	CHECK_INT(zone_offset(z, time_of("2035-03-11T07:00:00Z")), -14400);
	CHECK_INT(zone_offset(z, time_of("2045-11-05T05:59:59Z")), -14400);
	CHECK_INT(zone_offset(z, time_of("2045-11-05T06:00:00Z")), -18000);
	CHECK_INT(zone_offset(z, INT64_MAX), -14400);

	check_local(z, "2020-01-02T09:30:00Z", "2020-01-02T14:30:00Z");
	check_local(z, "2020-07-01T16:00:00Z", "2020-07-01T20:00:00Z");
	check_local(z, "2020-03-08T01:59:59Z", "2020-03-08T06:59:59Z");
	check_local(z, "2020-03-08T02:30:00Z", "2020-03-08T07:30:00Z");
	check_local(z, "2020-03-08T03:00:00Z", "2020-03-08T07:00:00Z");
	check_local(z, "2020-11-01T00:59:59Z", "2020-11-01T04:59:59Z");
	check_local(z, "2020-11-01T01:30:00Z", "2020-11-01T05:30:00Z");
	check_local(z, "2020-11-01T02:00:00Z", "2020-11-01T07:00:00Z");
	check_local(z, "2045-07-01T09:30:00Z", "2045-07-01T13:30:00Z");
	CHECK(zone_to_utc(z, INT64_MAX) == INT64_MAX);
	zone_free(z);
}

/* The calendar of the C library is the oracle. */
static void
test_against_libc(const char *name, struct random *r)
{
	struct zone *z = zone_new(name);

	if (z == NULL) {
		printf("# %s is not installed\n", name);
		return;
	}
	setenv("TZ", name, 1);
	tzset();
	for (int i = 0; i < 20000; i++) {
		int64_t ns = (int64_t)random_next(r) >> 1; /* 1823 to 2116 */
		int64_t s = ns / TIME_SECOND - (ns % TIME_SECOND < 0);
		int64_t utc, local;
		time_t t = (time_t)s;
		struct tm tm;

		localtime_r(&t, &tm);
		CHECK_INT(zone_offset(z, ns), tm.tm_gmtoff);
		local = ns + tm.tm_gmtoff * TIME_SECOND;
		utc = zone_to_utc(z, local);
		/* It reads the same on the clock, and is never the later. */
		CHECK_INT(utc + zone_offset(z, utc) * TIME_SECOND, local);
		CHECK(utc <= ns);
		if (utc < ns)
			CHECK(zone_offset(z, utc) > zone_offset(z, ns));
	}
	zone_free(z);
}

static void
test_jumps(void)
{
	struct zone *z = zone_new("Pacific/Apia");

	if (z == NULL) {
		printf("# Pacific/Apia is not installed\n");
		return;
	}
	/* 30 December 2011 did not happen. */
	check_local(z, "2011-12-29T23:00:00Z", "2011-12-30T09:00:00Z");
	check_local(z, "2011-12-30T12:00:00Z", "2011-12-30T22:00:00Z");
	check_local(z, "2011-12-31T00:00:00Z", "2011-12-30T10:00:00Z");
	zone_free(z);
}

static int32_t
rule_at(const char *rule, const char *time)
{
	struct tzrule r;

	CHECK(tzrule_parse(rule, &r) == 0);
	return tzrule_offset(&r, time_of(time) / TIME_SECOND);
}

static void
test_rules(void)
{
	static const char *const bad[] = { "", "EST", "E5", "EST5EDT",
		"EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M13.2.0,M11.1.0",
		"EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "<+03-3",
		"EST25", "EST5EDT,J0,J365", "EST5EDT,366,1", "EST5EDT,Jx,J1",
		"EST5EDT,M3.2.0/168,M11.1.0", "EST5 ", "99999999999" };
	const char *south = "AEST-10AEDT,M10.1.0,M4.1.0/3";
	const char *julian = "AAA0BBB,J60/0,J300/0";
	const char *zero = "AAA0BBB,59/0,299/0";
	struct tzrule r;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_STR(tzrule_parse(bad[i], &r) == 0 ? bad[i] : "", "");
	CHECK_INT(rule_at("<+0330>-3:30", "2035-01-01T00:00:00Z"), 12600);
	CHECK_INT(rule_at(south, "2035-01-01T00:00:00Z"), 39600);
	CHECK_INT(rule_at(south, "2034-12-31T13:30:00Z"), 39600);
	CHECK_INT(rule_at(south, "2035-07-01T00:00:00Z"), 36000);
	/* 60 is 1 March with J; counted from 0, 59 is 29 February in 2036. */
	CHECK_INT(rule_at(julian, "2036-02-29T23:59:59Z"), 0);
	CHECK_INT(rule_at(julian, "2036-03-01T00:00:00Z"), 3600);
	CHECK_INT(rule_at(zero, "2036-02-28T23:59:59Z"), 0);
	CHECK_INT(rule_at(zero, "2036-02-29T00:00:00Z"), 3600);
	CHECK_INT(rule_at(zero, "2035-02-28T23:59:59Z"), 0);
	CHECK_INT(rule_at(zero, "2035-03-01T00:00:00Z"), 3600);
	/* summer time all the year, RFC 8536 3.3.1 */
	CHECK_INT(rule_at("XXX3EDT4,0/0,J365/23", "2035-01-01T02:59:59Z"), -14400);
	CHECK_INT(rule_at("XXX3EDT4,0/0,J365/23", "2035-01-01T03:30:00Z"), -14400);
	CHECK_INT(rule_at("XXX3EDT4,0/0,J365/23", "2035-12-31T23:00:00Z"), -14400);
	/* a fifth Sunday that is not there is the fourth */
	CHECK_INT(rule_at("AAA0BBB,M2.5.0/0,M10.5.0/0", "2035-02-24T23:59:59Z"), 0);
	CHECK_INT(rule_at("AAA0BBB,M2.5.0/0,M10.5.0/0", "2035-02-25T00:00:00Z"), 3600);
	/* midnight before Sunday, said as a negative hour */
	CHECK_INT(rule_at("<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
	    "2035-03-25T00:59:59Z"), -7200);
	CHECK_INT(rule_at("<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
	    "2035-03-25T01:00:00Z"), -3600);
}

int
main(void)
{
	static const char *const names[] = { "America/New_York",
		"Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe",
		"America/Sao_Paulo", "Africa/Casablanca", "Europe/Dublin",
		"America/Nuuk", "Pacific/Apia", "Asia/Tokyo", "Etc/GMT+5" };
	struct random r = { 11 };

	TEST("fixed offsets") {
		check_fixed("UTC", 0);
		check_fixed("+05:30", 19800);
		check_fixed("-08:00", -28800);
		check_fixed("+00:00", 0);
		check_fixed("+23:59", 86340);
	}
	TEST("names that are no zone are refused, and none leaves the folder")
		test_refused();
	TEST("rules for the years to come")
		test_rules();
	if (access("/usr/share/zoneinfo/America/New_York", R_OK) != 0) {
		printf("# skip: no zoneinfo on this system\n");
		return check_done();
	}
	TEST("New York: jumps, the hour that comes twice, the years to come")
		test_new_york();
	TEST("a day that was skipped")
		test_jumps();
	TEST("offsets agree with the C library, local times come back")
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			test_against_libc(names[i], &r);
	return check_done();
}
