/* SPDX-License-Identifier: MIT */
/* The stage treport: reads what a broker says, writes statistics of it. */
#include "report/treport.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "report/input.h"
#include "report/output.h"

struct treport {
	int is_json;
	const char *csv;
	enum { FORM_TABLE, FORM_JSON, FORM_EQUITY, FORM_TRADES } form;
	struct input_keys keys;
	struct report report;
	struct buf out;
	int64_t records;
};

static const struct option_row options[] = {
    {0, "json", NULL, OPT_FLAG, offsetof(struct treport, is_json),
	"write one JSON object: fractions, null where undefined", NULL, NULL, 0,
	0},
    {0, "csv", "WHAT", OPT_STRING, offsetof(struct treport, csv),
	"write a line an account record (equity) or a round trip (trades)",
	NULL, "equity|trades", 0, 0},
    {0},
};

static const char *const examples[] = {
    "tbroker paper <orders.ndjson | treport",
    "treport --json <run.ndjson | jq .sharpe",
    "treport --csv trades <run.ndjson >trades.csv",
    NULL,
};

static int
write_out(struct stage *s)
{
	struct treport *t = s->state;
	int rc;

	if (t->out.len == 0)
		return 0;
	rc = stage_write(s, t->out.data, t->out.len);
	buf_clear(&t->out);
	return rc;
}

static int
choose_form(struct stage *s)
{
	struct treport *t = s->state;

	if (t->is_json && t->csv != NULL)
		return stage_fail(
		    s, EXIT_USAGE, "--json and --csv exclude each other");
	if (t->is_json)
		t->form = FORM_JSON;
	else if (t->csv == NULL)
		t->form = FORM_TABLE;
	else if (strcmp(t->csv, "equity") == 0)
		t->form = FORM_EQUITY;
	else if (strcmp(t->csv, "trades") == 0)
		t->form = FORM_TRADES;
	else
		return stage_fail(s, EXIT_USAGE,
		    "unknown table '%s' (--csv equity or --csv trades)",
		    t->csv);
	return 0;
}

static int
treport_open(struct stage *s)
{
	struct treport *t = s->state;
	int rc = 0;

	input_init(&t->keys);
	if (s->argc > 0)
		return stage_fail(
		    s, EXIT_USAGE, "unexpected operand '%s'", s->argv[0]);
	if (choose_form(s) < 0)
		return -1;
	if (t->form == FORM_EQUITY)
		rc = output_equity_header(&t->out);
	else if (t->form == FORM_TRADES)
		rc = output_trades_header(&t->out);
	if (rc < 0)
		return stage_fail_memory(s);
	return 0;
}

static int
refuse(struct stage *s, const struct record *r, const char *reason)
{
	return stage_reject(s, NULL, s->line, 0, reason, r->raw, r->raw_len);
}

static int
on_account(struct stage *s, struct record *r)
{
	struct treport *t = s->state;
	struct input_account in;
	const char *wrong = input_account(&t->keys, r, &in);
	double drawdown;

	if (wrong != NULL)
		return refuse(s, r, wrong);
	if (report_account(&t->report, &in.account, &drawdown) < 0)
		return stage_fail_memory(s);
	if (t->form != FORM_EQUITY)
		return 0;
	if (output_equity(&t->out, &in.account, in.has_cash ? &in.cash : NULL,
		drawdown) < 0)
		return stage_fail_memory(s);
	return write_out(s);
}

static int
on_fill(struct stage *s, struct record *r)
{
	struct treport *t = s->state;
	struct roundtrip trip;
	struct fill fill;
	int digits, closed;
	const char *wrong = input_fill(&t->keys, r, &fill, &digits);

	if (wrong != NULL)
		return refuse(s, r, wrong);
	/* The instant that this fill belongs to is marked after it. */
	fill.bar = t->report.accounts > 0 ? t->report.accounts : -1;
	closed = report_fill(&t->report, &fill, &trip);
	if (closed < 0 && errno == EOVERFLOW)
		return stage_fail_at(
		    s, EXIT_INPUT, 0, "an amount is too large");
	if (closed < 0)
		return stage_fail_memory(s);
	if (closed == 0 || t->form != FORM_TRADES)
		return 0;
	if (output_trade(&t->out, &trip, digits) < 0)
		return stage_fail_memory(s);
	return write_out(s);
}

static int
on_position(struct stage *s, struct record *r)
{
	struct treport *t = s->state;
	struct market *m = &t->report.market;
	struct input_symbol symbol;
	int is_held;
	const char *wrong = input_position(&t->keys, r, &symbol, &is_held);

	if (wrong != NULL)
		return refuse(s, r, wrong);
	if (market_position(m, symbol.name, symbol.len, is_held) < 0)
		return stage_fail_memory(s);
	return 0;
}

static int
on_bar(struct stage *s, struct record *r)
{
	struct treport *t = s->state;
	struct market *m = &t->report.market;
	struct input_symbol symbol;
	double close;
	const char *wrong = input_bar(&t->keys, r, &symbol, &close);

	if (wrong != NULL)
		return refuse(s, r, wrong);
	if (market_close(m, symbol.name, symbol.len, close) < 0)
		return stage_fail_memory(s);
	return 0;
}

static int
treport_record(struct stage *s, struct record *r)
{
	struct treport *t = s->state;

	t->records++;
	switch (r->type) {
	case REC_ACCOUNT:
		return on_account(s, r);
	case REC_REPORT:
		return input_is_fill(&t->keys, r) ? on_fill(s, r) : 0;
	case REC_POSITION:
		return on_position(s, r);
	case REC_BAR:
		return on_bar(s, r);
	default:
		return 0;
	}
}

static int
write_report(struct stage *s)
{
	struct treport *t = s->state;
	int rc = 0;

	if (report_finish(&t->report) < 0)
		return stage_fail_memory(s);
	if (t->form == FORM_TABLE)
		rc = output_table(&t->out, &t->report);
	else if (t->form == FORM_JSON)
		rc = output_json(&t->out, &t->report);
	return rc < 0 ? stage_fail_memory(s) : write_out(s);
}

static int
treport_end(struct stage *s)
{
	struct treport *t = s->state;

	if (write_report(s) < 0)
		return -1;
	if (s->truncated)
		return stage_fail(
		    s, EXIT_INPUT, "the stream stopped without its end record");
	if (t->report.accounts == 0 && t->records > 0)
		stage_note(s, "no account records (is tbroker in the pipe, "
			      "without --marks none?)");
	return 0;
}

static void
treport_close(struct stage *s)
{
	struct treport *t = s->state;

	report_release(&t->report);
	buf_release(&t->out);
}

const struct stage_desc treport_stage = {
    .name = "treport",
    .summary = "statistics of a run",
    .synopsis = "",
    .examples = examples,
    .records = "reads account, report and position, and bar for "
	       "buy_hold_return; writes text, no records",
    .options = options,
    .state_size = sizeof(struct treport),
    .kind = STAGE_SINK,
    .open = treport_open,
    .record = treport_record,
    .end = treport_end,
    .close = treport_close,
};
