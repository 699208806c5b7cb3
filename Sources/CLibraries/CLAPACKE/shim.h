// LAPACKE: the C interface of LAPACK. Complex numbers are not used, so the plain C99 types of
// <complex.h>, which Swift cannot import, are replaced by placeholders of the same size.
#pragma once
#define LAPACK_COMPLEX_CUSTOM
typedef struct { float re, im; } cartcal_complex_float;
typedef struct { double re, im; } cartcal_complex_double;
#define lapack_complex_float cartcal_complex_float
#define lapack_complex_double cartcal_complex_double
#include <lapacke.h>
