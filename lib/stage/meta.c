/* SPDX-License-Identifier: MIT */
/* meta's `pipeline`: what each stage was told, kept with the data. */
#include <string.h>

#include "base/text.h"
#include "record/named.h"
#include "stage/chain.h"

/* What never changes a result is left out, with its value. */
static int
is_private(const char *word, int *takes_next)
{
	static const char *const hidden[] = {"errors", "account", "color",
	    "wait"};
	size_t n;

	*takes_next = 0;
	if ((word[0] == '-' && word[1] != '\0' &&
	    word[1 + strspn(word + 1, "qv")] == '\0') ||
	    strcmp(word, "--quiet") == 0 || strcmp(word, "--verbose") == 0)
		return 1;
	if (strncmp(word, "--", 2) != 0)
		return 0;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
		n = strlen(hidden[i]);
		if (strncmp(word + 2, hidden[i], n) != 0)
			continue;
		*takes_next = word[2 + n] == '\0';
		if (*takes_next || word[2 + n] == '=')
			return 1;
	}
	return 0;
}

int
stage_add_argv(struct stage *s, struct buf *b)
{
	int takes_next, rc = buf_add_char(b, '[');

	rc |= text_add_json(b, s->desc->name, strlen(s->desc->name));
	for (int i = 1; i < s->full_argc; i++) {
		const char *word = s->full_argv[i];

		if (strcmp(word, "--") != 0 && is_private(word, &takes_next)) {
			i += takes_next;
			continue;
		}
		rc |= buf_add_char(b, ',');
		rc |= text_add_json(b, word, strlen(word));
	}
	return rc | buf_add_char(b, ']');
}

static int
add_pipeline(struct stage *s, struct record *r)
{
	struct key key = KEY("pipeline");
	const struct field *f = record_find(r, &key);
	struct buf b = {0};
	int rc = buf_add_char(&b, '[');

	if (f != NULL && f->kind == F_JSON && f->text_len > 2 &&
	    f->text[0] == '[') {
		rc |= buf_add(&b, f->text + 1, f->text_len - 2);
		rc |= buf_add_char(&b, ',');
	}
	rc |= stage_add_argv(s, &b);
	rc |= buf_add_char(&b, ']');
	if (rc == 0)
		rc = record_put_json(r, &key, b.data, b.len);
	buf_release(&b);
	return rc == 0 ? 0 : stage_fail_memory(s);
}

int
stage_pass_meta(struct stage *s, struct record *r)
{
	if (r->type == REC_META && add_pipeline(s, r) != 0)
		return -1;
	return stage_emit(s, r);
}

int
stage_read_zone(struct stage *s, const struct record *meta,
    struct zone **zone)
{
	const struct field *f = named_find(meta, "time_zone");
	struct buf name = {0}, seen = {0};

	if (f == NULL || f->kind == F_NULL)
		return 0;
	zone_free(*zone);
	*zone = NULL;
	if (field_string(f, &name) == 0 && buf_str(&name) != NULL)
		*zone = zone_new(name.data);
	if (*zone == NULL) {
		if (f->kind == F_STRING)
			text_add_visible(&seen, f->text, f->text_len, 60);
		stage_fail_at(s, EXIT_INPUT, 0, "unknown time zone '%s' in "
		    "meta", seen.len > 0 ? buf_str(&seen) : "");
		buf_release(&seen);
	}
	buf_release(&name);
	return *zone != NULL ? 0 : -1;
}
