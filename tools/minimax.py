#!/usr/bin/env python3
"""Prints the polynomial coefficients of runtime/math: minimax in the relative error, by Remez exchange.

Each entry of TABLE is the cofactor that is left when the leading terms of a series have been split off, so that the
polynomial needs fewer bits than the result. Printed per entry: the coefficients, lowest first, rounded to the format,
and the largest error of the rounded polynomial, times the weight, as a power of two.
"""
from mpmath import mp, mpf, cos, fabs, linspace, log, lu_solve, matrix, pi, sqrt

mp.dps = 60


def remez(function, weight, low, high, degree):
    """Coefficients of the polynomial p of this degree that minimises max |weight (p - function)| on [low, high]."""
    count = degree + 2
    middle, half = (low + high) / 2, (high - low) / 2
    points = [middle - half * cos(pi * i / (count - 1)) for i in range(count)]
    grid = [middle - half * cos(pi * i / mpf(3000)) for i in range(3001)]
    values = [(x, function(x), weight(x)) for x in grid]
    for _ in range(12):
        system = matrix(count, count)
        right = matrix(count, 1)
        for row, x in enumerate(points):
            for power in range(degree + 1):
                system[row, power] = x**power
            system[row, degree + 1] = (-1) ** row / weight(x)
            right[row] = function(x)
        solution = lu_solve(system, right)
        coefficients = [solution[i] for i in range(degree + 1)]
        errors = [(w * (horner(coefficients, x) - f), x) for x, f, w in values]
        points = extrema(errors, count)
        sizes = [fabs(e) for e, x in errors if x in points]
        if max(sizes) < min(sizes) * mpf("1.001"):
            break
    return coefficients


def horner(coefficients, x):
    result = mpf(0)
    for c in reversed(coefficients):
        result = result * x + c
    return result


def extrema(errors, count):
    """The largest error of every run of one sign; of too many, the `count` neighbours that are largest."""
    runs = []
    for error, x in errors:
        if runs and (error > 0) == (runs[-1][0] > 0):
            if fabs(error) > fabs(runs[-1][0]):
                runs[-1] = (error, x)
        else:
            runs.append((error, x))
    while len(runs) > count:
        runs.pop(0 if fabs(runs[0][0]) < fabs(runs[-1][0]) else -1)
    return [x for _, x in runs]


def rounded(x, bits):
    mantissa, exponent = mp.frexp(x)
    return mpf(int(mp.nint(mantissa * 2**bits))) * mpf(2) ** (exponent - bits)


def series(first, ratio):
    """sum over i >= 0 of first(i) x^i, for small x where the closed form cancels."""
    return lambda x: sum(first(i) * x**i for i in range(ratio))


HALF_LN2 = log(2) / 2 * mpf("1.0001")
ROOT = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.0001")
QUARTER_PI_SQUARED = (pi / 4) ** 2 * mpf("1.0001")
EXP = series(lambda i: 1 / mp.factorial(i + 2), 40)
ATANH = series(lambda i: mpf(2) / (2 * i + 3), 120)
ATANH5 = series(lambda i: mpf(2) / (2 * i + 5), 120)
SIN = series(lambda i: (-1) ** (i + 1) / mp.factorial(2 * i + 3), 30)
COS = series(lambda i: (-1) ** i / mp.factorial(2 * i + 4), 30)


def one(x):
    return mpf(1)


TABLE = [  # name, function, weight, interval, degree, bits
    ("exp double: (exp(r) - 1 - r) / r^2", EXP, one, (-HALF_LN2, HALF_LN2), 9, 53),
    ("exp float", EXP, one, (-HALF_LN2, HALF_LN2), 4, 24),
    ("log double: (log((1+s)/(1-s)) - 2s) / s^3, in z = s^2", ATANH, one, (mpf(0), ROOT), 6, 53),
    ("log float", ATANH, one, (mpf(0), ROOT), 2, 24),
    ("log1p on [0,1] double: the same on s <= 1/3", ATANH, one, (mpf(0), mpf(1) / 9), 9, 53),
    ("log1p on [0,1] float", ATANH, one, (mpf(0), mpf(1) / 9), 4, 24),
    ("pow: (log((1+s)/(1-s)) - 2s - 2s^3/3) / s^5", ATANH5, one, (mpf(0), ROOT), 6, 53),
    ("sin: (sin(r) - r) / r^3, in r^2", SIN, one, (mpf(0), QUARTER_PI_SQUARED), 5, 53),
    ("cos: (cos(r) - 1 + r^2/2) / r^4, in r^2", COS, one, (mpf(0), QUARTER_PI_SQUARED), 5, 53),
]

if __name__ == "__main__":
    for name, function, weight, (low, high), degree, bits in TABLE:
        ideal = remez(function, weight, low, high, degree)
        real = [rounded(c, bits) for c in ideal]
        worst = max(fabs(weight(x) * (horner(real, x) - function(x))) for x in linspace(low, high, 2001))
        print(f"// {name}: |error| <= 2^{mp.nstr(mp.log(worst, 2), 4)}")
        print(", ".join(float(c).hex() for c in real))
