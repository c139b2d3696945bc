/* SPDX-License-Identifier: MIT */
/* The list of features: finding one, and what --list and --explain say. */
#include "feature/feature.h"

#include <string.h>

#include "base/dec.h"
#include "base/text.h"
#include "feature/feature_spec.h"
#include "feature/suffix.h"

#define FEATURE(name) extern const struct feature feature_##name;
#include "feature/list.def"
#undef FEATURE

const struct feature *const features[] = {
#define FEATURE(name) &feature_##name,
#include "feature/list.def"
#undef FEATURE
	NULL,
};

enum { FEATURE_COUNT = sizeof(features) / sizeof(features[0]) - 1 };

const struct feature *
feature_find(const char *name, size_t n)
{
	int i;
	for (i = 0; features[i] != NULL; i++)
		if (strlen(features[i]->name) == n &&
		    memcmp(features[i]->name, name, n) == 0)
			return features[i];
	return NULL;
}

const char *
feature_nearest(const char *name, size_t n)
{
	const char *names[FEATURE_COUNT];
	size_t i;
	for (i = 0; i < FEATURE_COUNT; i++)
		names[i] = features[i]->name;
	return text_nearest(name, n, names, FEATURE_COUNT);
}

static int
add_number(struct buf *out, double x)
{
	char text[DEC_TEXT_MAX];
	struct dec d;
	if (dec_from_double(x, 15, &d) < 0)
		return -1;
	return buf_add(out, text, dec_print(d, text));
}

/* "macd:12,26,9"; an argument without default stands as its name, or as 20 in
 * an example. */
static int
add_usage(const struct feature *f, int is_example, struct buf *out)
{
	const struct feature_arg *a = f->args;
	int i, e = buf_add_str(out, f->name);
	for (i = 0; i < FEATURE_ARGS_MAX && a[i].name != NULL; i++) {
		if (a[i].is_optional) {
			e |= is_example ? 0 : buf_addf(out, "[:%s]", a[i].name);
			continue;
		}
		e |= buf_add_char(out, i == 0 ? ':' : ',');
		e |= a[i].def == a[i].def ? add_number(out, a[i].def)
		    : is_example          ? add_number(out, 20)
		                          : buf_add_str(out, a[i].name);
	}
	if (f->inputs & FEATURE_PAIR)
		e |= buf_add_str(out, is_example ? ",symbol=SPY"
		                                 : ",symbol=symbol");
	else if (f->inputs & FEATURE_WITH)
		e |= buf_add_str(out, is_example ? ",with=volume"
		                                 : ",with=field");
	return e;
}

int
feature_list(struct buf *out)
{
	enum { COLUMN = 32 };
	size_t start;
	int i, e = 0;
	for (i = 0; features[i] != NULL; i++) {
		start = out->len;
		e |= add_usage(features[i], 0, out);
		do
			e |= buf_add_char(out, ' ');
		while (e == 0 && out->len < start + COLUMN);
		e |= buf_addf(out, "%s\n", features[i]->summary);
	}
	return e ? -1 : 0;
}

static int
add_arg_json(const struct feature_arg *a, struct buf *out)
{
	int e = buf_addf(out, "{\"name\":\"%s\",\"default\":", a->name);
	e |= a->def == a->def && !a->is_optional ? add_number(out, a->def)
	                                         : buf_add_str(out, "null");
	e |= buf_add_str(out, ",\"min\":") | add_number(out, a->min);
	e |= buf_add_str(out, ",\"max\":") | add_number(out, a->max);
	e |= buf_addf(out, ",\"integer\":%s,\"optional\":%s}",
	    a->is_integer ? "true" : "false",
	    a->is_optional ? "true" : "false");
	return e;
}

static int
add_inputs_json(const struct feature *f, struct buf *out)
{
	static const char names[][8] = {"open", "high", "low", "close",
	    "volume", "src", "with"};
	size_t i;
	int e = buf_add_str(out, ",\"inputs\":["), n = 0;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (f->inputs & (1u << i))
			e |= buf_addf(out, "%s\"%s\"", n++ > 0 ? "," : "",
			    names[i]);
	return e | buf_add_char(out, ']');
}

int
feature_list_json(struct buf *out)
{
	const struct feature *f;
	int i, k, e = 0;
	for (i = 0; (f = features[i]) != NULL; i++) {
		e |= buf_addf(out, "{\"name\":\"%s\",\"args\":[", f->name);
		for (k = 0; k < FEATURE_ARGS_MAX && f->args[k].name; k++) {
			e |= k > 0 ? buf_add_char(out, ',') : 0;
			e |= add_arg_json(&f->args[k], out);
		}
		e |= buf_add_str(out, "],\"outputs\":[");
		for (k = 0; k < FEATURE_OUTPUTS_MAX && f->outputs[k]; k++)
			e |= buf_addf(out, "%s\"%s\"", k > 0 ? "," : "",
			    f->outputs[k]);
		e |= buf_add_char(out, ']') | add_inputs_json(f, out);
		e |= buf_addf(out, ",\"seed_talib\":%s,\"summary\":",
		    f->has_talib ? "true" : "false");
		e |= text_add_json(out, f->summary, strlen(f->summary));
		e |= buf_add_str(out, "}\n");
	}
	return e ? -1 : 0;
}

/* From which bar on it no longer matters where the stream began. */
static int
add_suffix(const struct feature_use *u, struct buf *out)
{
	int bars = feature_suffix(u);
	if (u->feature->across != NULL)
		return buf_add_str(out, "It looks at this instant alone.\n");
	if (bars == SUFFIX_NEVER)
		return buf_add_str(out, "Its values depend on where the stream "
		    "began, for ever.\n");
	if (bars == SUFFIX_UNKNOWN)
		return 0;
	return buf_addf(out, "A stream that began later has the same 10 digits "
	    "from its bar %d on\n(measured on random walks).\n", bars);
}

/* What an example of it is called in the record. */
static int
add_outputs(const struct feature *f, struct buf *out)
{
	struct feature_use u;
	struct feature_error wrong;
	struct buf text = {0};
	int i, e = add_usage(f, 1, &text);
	if (e == 0 && buf_str(&text) != NULL &&
	    feature_use_parse(&u, text.data, &wrong) == 0) {
		e |= buf_addf(out, "\n%s gives", text.data);
		for (i = 0; i < u.noutputs; i++)
			e |= buf_addf(out, " %s", u.outputs[i]);
		if (f->warmup(&u.spec) == 0)
			e |= buf_add_str(out, ".\n");
		else
			e |= buf_addf(out, ",\nall of them from bar %d on.\n",
			    f->warmup(&u.spec));
		e |= add_suffix(&u, out);
	}
	buf_release(&text);
	return e;
}

int
feature_explain(const struct feature *f, struct buf *out)
{
	int e = add_usage(f, 0, out);
	e |= buf_addf(out, ": %s\n\n%s", f->summary, f->explain);
	e |= add_outputs(f, out);
	if (f->inputs & FEATURE_SRC)
		e |= buf_add_str(out,
		    "Takes src=FIELD in place of the close.\n");
	if (f->inputs & FEATURE_WITH)
		e |= buf_add_str(out, "Takes with=FIELD, symbol=SYMBOL or both:"
		    " the other series.\n");
	if (f->has_talib)
		e |= buf_add_str(out, "Takes seed=talib.\n");
	return e ? -1 : 0;
}
