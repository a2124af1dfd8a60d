#define REAL float
#define INTEGER int32_t
#define NAME(function) function##_f32
#define TINY_NORM 1e-12f
#define LOWEST_EXPONENT -87.0f
#define LN2_HIGH 0.693145751953125f
#define LN2_LOW 1.42860682030941723e-6f
#define ROUNDING 12582912.0f
#define EXPONENT_BIAS 127
#define MANTISSA_BITS 23
#define EXP_DEGREE 8
#define SQUARE_ROOT __builtin_sqrtf
#include "elements.h"
#include "layers.h"
#include "search.h"
