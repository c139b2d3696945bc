/* SPDX-License-Identifier: MIT */
/* DataFrame.to_csv of a time index: the first column has no name. */
#include "feed/source.h"

const struct feed_format feed_format_pandas = {
	.name = "pandas",
	.summary = ",Open,High,Low,Close,Volume (a DataFrame's index first)",
	.reader = &csv_reader,
	.headers = {
		",open,high,low,close,volume",
		",open,high,low,close",
	},
	.columns = "time,open,high,low,close,volume",
};
