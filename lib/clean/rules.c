/* SPDX-License-Identifier: MIT */
/* The list of cleaning rules: asking them, and what --list says. */
#include <stdio.h>
#include <string.h>

#include "clean/clean.h"

#define CLEAN_RULE(name) extern const struct clean_rule clean_##name;
#include "clean/list.def"
#undef CLEAN_RULE

const struct clean_rule *const clean_rules[] = {
#define CLEAN_RULE(name) &clean_##name,
#include "clean/list.def"
#undef CLEAN_RULE
	NULL,
};

static enum clean_verdict
ask(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out, int of_output)
{
	enum clean_verdict verdict = CLEAN_PASS, v;
	unsigned type = 1u << in->record->type;

	for (int i = 0; clean_rules[i] != NULL; i++) {
		if ((clean_rules[i]->types & type) == 0 ||
		    clean_rules[i]->of_output != of_output)
			continue;
		v = clean_rules[i]->check(view, in, out);
		if (v == CLEAN_DROP || v == CLEAN_REFUSE)
			return v;
		if (v == CLEAN_FLAG)
			verdict = v;
	}
	return verdict;
}

enum clean_verdict
clean_judge(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	out->words[0] = '\0';
	out->is_jump = 0;
	out->missing = 0;
	return ask(view, in, out, 0);
}

enum clean_verdict
clean_judge_output(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	return ask(view, in, out, 1);
}

enum clean_verdict
clean_refuse(struct clean_finding *out, enum clean_field f, const char *fmt,
    ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(out->reason, sizeof out->reason, fmt, ap);
	va_end(ap);
	out->field = f;
	return CLEAN_REFUSE;
}

enum clean_verdict
clean_drop(struct clean_finding *out, const char *reason)
{
	snprintf(out->reason, sizeof out->reason, "%s", reason);
	return CLEAN_DROP;
}

enum clean_verdict
clean_flag(struct clean_finding *out, const char *word, size_t n)
{
	size_t used = strlen(out->words);

	if (used + n + 2 > sizeof out->words)
		return CLEAN_FLAG;
	if (used > 0)
		out->words[used++] = ',';
	memcpy(out->words + used, word, n);
	out->words[used + n] = '\0';
	return CLEAN_FLAG;
}

int
clean_list(struct buf *out)
{
	int rc = 0;

	for (int i = 0; clean_rules[i] != NULL; i++)
		rc |= buf_addf(out, "%-11s%s\n", clean_rules[i]->name,
		    clean_rules[i]->summary);
	return rc;
}
