/* SPDX-License-Identifier: MIT */
/* A unit test is a program: TEST("what holds") { CHECK(...); } blocks inside
 * main(), then return check_done(). It speaks TAP. */
#ifndef TAPE_CHECK_H
#define TAPE_CHECK_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static int check_count, check_failures, check_failed;
static const char *check_name;

static void
check_close(void)
{
	if (check_name == NULL)
		return;
	check_count++;
	check_failures += check_failed;
	printf("%sok %d - %s\n", check_failed ? "not " : "", check_count,
	    check_name);
}

static int
check_open(const char *name)
{
	check_close();
	check_name = name;
	check_failed = 0;
	return 1;
}

static int
check_done(void)
{
	check_close();
	check_name = NULL;
	printf("1..%d\n", check_count);
	return check_failures != 0;
}

#define TEST(name) if (check_open(name))

#define CHECK(cond)                                                         \
	do {                                                                \
		if (!(cond)) {                                              \
			check_failed = 1;                                   \
			printf("# %s:%d: %s\n", __FILE__, __LINE__, #cond); \
		}                                                           \
	} while (0)

#define CHECK_STR(got, want)                                                  \
	do {                                                                  \
		const char *got_ = (got), *want_ = (want);                    \
		if (strcmp(got_, want_) != 0) {                               \
			check_failed = 1;                                     \
			printf("# %s:%d: got '%s', want '%s'\n", __FILE__,    \
			    __LINE__, got_, want_);                           \
		}                                                             \
	} while (0)

#define CHECK_INT(got, want)                                                  \
	do {                                                                  \
		long long got_ = (long long)(got), want_ = (long long)(want); \
		if (got_ != want_) {                                          \
			check_failed = 1;                                     \
			printf("# %s:%d: got %lld, want %lld\n", __FILE__,    \
			    __LINE__, got_, want_);                           \
		}                                                             \
	} while (0)

#endif
