#define REAL double
#define INTEGER int64_t
#define NAME(function) function##_f64
#define TINY_NORM 1e-12
#define LOWEST_EXPONENT -708.0
#define LN2_HIGH 0.6931471803691238164
#define LN2_LOW 1.908214929270587700e-10
#define ROUNDING 6755399441055744.0
#define EXPONENT_BIAS 1023
#define MANTISSA_BITS 52
#define EXP_DEGREE 14
#define SQUARE_ROOT __builtin_sqrt
#include "elements.h"
#include "layers.h"
#include "search.h"
