/* SPDX-License-Identifier: MIT */
/* What jansson says of a line: the oracle of the tests, and the finder of
 * duplicate keys in nested objects. */
#include "record/json.h"

#include <jansson.h>
#include <string.h>

#include "record/record.h"

/* Integers beyond int64 are numbers too: an amount of money may be one. */
enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL };

int
json_is_unique(const char *s, size_t n)
{
	json_t *json = json_loadb(s, n, FLAGS, NULL);
	int is_unique = json != NULL;

	json_decref(json);
	return is_unique;
}

/* Recursion is bounded by the limit. */
static int
is_deeper(json_t *json, int limit)
{
	const char *key;
	json_t *value;
	size_t i;

	if (!json_is_array(json) && !json_is_object(json))
		return 0;
	if (limit == 0)
		return 1;
	json_array_foreach(json, i, value)
		if (is_deeper(value, limit - 1))
			return 1;
	json_object_foreach(json, key, value)
		if (is_deeper(value, limit - 1))
			return 1;
	return 0;
}

static int
is_record(json_t *json)
{
	const char *key;
	json_t *value;

	if (!json_is_object(json) ||
	    json_object_size(json) > RECORD_FIELDS_MAX ||
	    is_deeper(json, RECORD_DEPTH_MAX + 1))
		return 0;
	json_object_foreach(json, key, value)
		if (strlen(key) > UINT16_MAX)
			return 0;
	return 1;
}

int
record_check_json(const char *line, size_t n)
{
	json_t *json;
	int is_legal;

	if (n > 0 && line[n - 1] == '\r')
		n--;
	/* a line has no line ends inside; jansson stops at a NUL */
	if (n == 0 || memchr(line, '\0', n) != NULL ||
	    memchr(line, '\r', n) != NULL || memchr(line, '\n', n) != NULL)
		return -1;
	json = json_loadb(line, n, FLAGS, NULL);
	is_legal = json != NULL && is_record(json);
	json_decref(json);
	return is_legal ? 0 : -1;
}
