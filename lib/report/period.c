/* SPDX-License-Identifier: MIT */
/* Start, end, length, bars and periods per year, of the account records. A bar
 * is an instant that the broker marked the account at. */
#include "base/time.h"
#include "report/statistic.h"

static const char no_account[] = "no account record";

static struct statistic_value
start(const struct report *r)
{
	return r->accounts == 0 ? value_null(no_account)
				: value_time(r->start, r->digits);
}

static struct statistic_value
end(const struct report *r)
{
	return r->accounts == 0 ? value_null(no_account)
				: value_time(r->end, r->digits);
}

static struct statistic_value
duration(const struct report *r)
{
	return r->accounts == 0 ? value_null(no_account)
				: value_real(report_days(r));
}

static struct statistic_value
bars(const struct report *r)
{
	return value_int(r->accounts);
}

/* 365, 252, 52, 12, 4 or 1, by the days that occur. */
static struct statistic_value
periods(const struct report *r)
{
	if (r->equity.n < 2)
		return value_null("fewer than two days");
	return value_int(r->periods);
}

const struct statistic statistic_start = {
    "start", "Start", GROUP_PERIOD, UNIT_TIME, start};
const struct statistic statistic_end = {
    "end", "End", GROUP_PERIOD, UNIT_TIME, end};
const struct statistic statistic_duration_days = {
    "duration_days", "Duration", GROUP_PERIOD, UNIT_DAYS, duration};
const struct statistic statistic_bars = {
    "bars", "Bars", GROUP_PERIOD, UNIT_COUNT, bars};
const struct statistic statistic_periods_per_year = {
    "periods_per_year", "Periods a year", GROUP_PERIOD, UNIT_COUNT, periods};
