/* SPDX-License-Identifier: MIT */
/* Doubles as text, by the C++ library's to_chars and from_chars: the only C++
 * here, because C has neither without a locale. */
#include "base/real.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

namespace {

/* A JSON number taken apart: digits * 10^exp, as far as digits fit. */
struct number {
	uint64_t digits;
	int count; /* significant digits */
	long exp;
	bool negative;
};

bool
is_digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

/* Reads digits, the ones after the point moving the exponent. */
const char *
take_digits(const char *p, const char *end, number &x, int point)
{
	for (; is_digit(p, end); p++) {
		if (x.count < 19) {
			x.digits = x.digits * 10 + (uint64_t)(*p - '0');
			x.count += x.digits != 0;
			x.exp -= point;
		} else {
			x.count = 20;
			x.exp += 1 - point;
		}
	}
	return p;
}

const char *
take_exponent(const char *p, const char *end, number &x)
{
	bool negative = p < end && *p == '-';
	long e = 0;

	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (!is_digit(p, end))
		return nullptr;
	for (; is_digit(p, end); p++)
		if (e < 100000000)
			e = e * 10 + (*p - '0');
	x.exp += negative ? -e : e;
	return p;
}

/* The grammar of RFC 8259, which is narrower than that of from_chars. */
bool
take_number(const char *p, const char *end, number &x)
{
	x.negative = p < end && *p == '-';
	p += x.negative;
	if (!is_digit(p, end))
		return false;
	if (*p == '0')
		p++;
	else
		p = take_digits(p, end, x, 0);
	if (p < end && *p == '.') {
		if (!is_digit(++p, end))
			return false;
		p = take_digits(p, end, x, 1);
	}
	if (p < end && (*p == 'e' || *p == 'E'))
		p = take_exponent(p + 1, end, x);
	return p == end;
}

/* Up to 10^22 powers are exact, so that one operation on an integer below
 * 2^53 rounds once (Clinger 1990). */
const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
	1e22 };

}

extern "C" size_t
real_print(double x, char buf[REAL_TEXT_MAX])
{
	double size = std::fabs(x);
	/* Exponents only where they make it much shorter. */
	bool fixed = size >= 1e-4 && size < 1e16;
	std::to_chars_result r;

	if (x == 0) {
		buf[0] = '0';
		return 1;
	}
	r = fixed ? std::to_chars(buf, buf + REAL_TEXT_MAX, x,
			std::chars_format::fixed)
		  : std::to_chars(buf, buf + REAL_TEXT_MAX, x,
			std::chars_format::scientific);
	return (size_t)(r.ptr - buf);
}

extern "C" int
real_parse(const char *s, size_t n, double *out)
{
	number x = { 0, 0, 0, false };
	std::from_chars_result r;
	double v;

	if (!take_number(s, s + n, x))
		return -1;
	if (x.digits <= (UINT64_C(1) << 53) && x.count < 20 && x.exp >= -22 &&
	    x.exp <= 22) {
		v = (double)x.digits;
		v = x.exp < 0 ? v / powers[-x.exp] : v * powers[x.exp];
		*out = x.negative && v != 0 ? -v : v;
		return 0;
	}
	r = std::from_chars(s, s + n, v);
	if (r.ec == std::errc::result_out_of_range) {
		if (x.digits != 0 && x.exp + x.count > 0)
			return -1;
		v = 0; /* below the smallest double */
	} else if (r.ec != std::errc() || !std::isfinite(v))
		return -1;
	*out = v + 0.0; /* -0 is 0 */
	return 0;
}
