// The element loops, for one REAL. Sums run over LANES partial sums that are added pairwise
// in a fixed tree, so that the width of the machine's vectors does not show in the bits.
#include <string.h>

#include "kernels.h"

#pragma STDC FP_CONTRACT OFF

#define LANES 16
// Rows of a tile of rll_ordered_product: as many as fit into the registers of AVX2.
#define PRODUCT_ROWS 6

// The thread sanitizer cannot resolve the indirect functions that clones need.
#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

typedef REAL vector __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL))));
typedef INTEGER integers __attribute__((ext_vector_type(LANES), aligned(sizeof(INTEGER))));
typedef double doubles __attribute__((ext_vector_type(LANES), aligned(sizeof(double))));

#define LOAD(p) (*(const vector *)(p))
#define STORE(p, v) (*(vector *)(p) = (v))

// Macros instead of functions where a vector would be passed by value: its width differs
// between the clones, and a call between them would not be allowed.
#define SUM_TREE(v)                                                                                \
  ({                                                                                               \
    __typeof__((v)[0]) t_[LANES];                                                                  \
    for (int l_ = 0; l_ < LANES; l_++) t_[l_] = (v)[l_];                                           \
    for (int w_ = LANES / 2; w_ > 0; w_ /= 2)                                                      \
      for (int l_ = 0; l_ < w_; l_++) t_[l_] += t_[l_ + w_];                                       \
    t_[0];                                                                                         \
  })

// e^x for x <= 0 by a Taylor polynomial on |r| <= ln 2 / 2; 0 below the smallest normal number.
#define EXP(x, result)                                                                             \
  do {                                                                                             \
    vector x_ = (x);                                                                               \
    vector c_ = x_ < (vector)LOWEST_EXPONENT ? (vector)LOWEST_EXPONENT : x_;                       \
    vector n_ = (c_ * (REAL)1.4426950408889634 + (REAL)ROUNDING) - (REAL)ROUNDING;                 \
    vector r_ = (c_ - n_ * (REAL)LN2_HIGH) - n_ * (REAL)LN2_LOW;                                   \
    vector p_ = (vector)inverse_factorials[EXP_DEGREE];                                            \
    for (int k_ = EXP_DEGREE - 1; k_ >= 0; k_--) p_ = p_ * r_ + inverse_factorials[k_];            \
    integers i_ = (__builtin_convertvector(n_, integers) + EXPONENT_BIAS) << MANTISSA_BITS;        \
    vector s_;                                                                                     \
    memcpy(&s_, &i_, sizeof s_);                                                                   \
    (result) = x_ < (vector)LOWEST_EXPONENT ? (vector)0 : p_ * s_;                                 \
  } while (0)

static const REAL inverse_factorials[] = {
    (REAL)1,
    (REAL)1,
    (REAL)(1.0 / 2),
    (REAL)(1.0 / 6),
    (REAL)(1.0 / 24),
    (REAL)(1.0 / 120),
    (REAL)(1.0 / 720),
    (REAL)(1.0 / 5040),
    (REAL)(1.0 / 40320),
    (REAL)(1.0 / 362880),
    (REAL)(1.0 / 3628800),
    (REAL)(1.0 / 39916800),
    (REAL)(1.0 / 479001600),
    (REAL)(1.0 / 6227020800),
    (REAL)(1.0 / 87178291200),
};

INLINE REAL dot(long columns, const REAL *a, const REAL *b) {
  vector sums = 0;
  long c = 0;
  for (; c + LANES <= columns; c += LANES) sums += LOAD(a + c) * LOAD(b + c);
  REAL total = SUM_TREE(sums);
  for (; c < columns; c++) total += a[c] * b[c];
  return total;
}

INLINE REAL squared_distance(long columns, const REAL *a, const REAL *b) {
  vector sums = 0;
  long c = 0;
  for (; c + LANES <= columns; c += LANES) {
    vector d = LOAD(a + c) - LOAD(b + c);
    sums += d * d;
  }
  REAL total = SUM_TREE(sums);
  for (; c < columns; c++) total += (a[c] - b[c]) * (a[c] - b[c]);
  return total;
}

INLINE REAL root(REAL x) { return __builtin_elementwise_sqrt(x); }

// The largest magnitude is factored out, so that neither tiny nor huge rows lose their length.
INLINE REAL length(long columns, const REAL *x) {
  REAL plain = dot(columns, x, x);
  if (plain > (REAL)1e-30 && plain < (REAL)1e30) return root(plain);
  REAL peak = 0;
  for (long c = 0; c < columns; c++) {
    REAL magnitude = x[c] < 0 ? -x[c] : x[c];
    // A value that is not a number must reach the sum: the comparison is written so.
    if (!(magnitude <= peak)) peak = magnitude;
  }
  if (!(peak > 0) || peak * 0 != 0) return peak;
  REAL sum = 0;
  for (long c = 0; c < columns; c++) sum += (x[c] / peak) * (x[c] / peak);
  return peak * root(sum);
}

CLONES void NAME(rll_normalize_rows)(
    long rows, long columns, const REAL *x, REAL *unit, REAL *norms) {
  for (long i = 0; i < rows; i++) {
    const REAL *row = x + i * columns;
    REAL *out = unit + i * columns;
    REAL norm = length(columns, row);
    REAL divisor = norm < TINY_NORM ? TINY_NORM : norm;
    if (norms) norms[i] = norm;
    for (long c = 0; c < columns; c++) out[c] = row[c] / divisor;
  }
}

CLONES void NAME(rll_normalize_rows_backward)(
    long rows, long columns, const REAL *g, const REAL *unit, const REAL *norms, REAL *out) {
  for (long i = 0; i < rows; i++) {
    const REAL *gradient = g + i * columns, *f = unit + i * columns;
    REAL *result = out + i * columns;
    if (norms[i] < TINY_NORM) {
      for (long c = 0; c < columns; c++) result[c] = 0;
      continue;
    }
    REAL along = dot(columns, gradient, f);
    REAL norm = norms[i];
    for (long c = 0; c < columns; c++) result[c] = (gradient[c] - along * f[c]) / norm;
  }
}

CLONES void NAME(rll_gather_rows)(
    long count, long columns, const int64_t *indices, const REAL *source, int normalize,
    REAL *out) {
  for (long i = 0; i < count; i++) {
    const REAL *row = source + indices[i] * columns;
    REAL *result = out + i * columns;
    if (normalize) {
      REAL norm = length(columns, row);
      REAL divisor = norm < TINY_NORM ? TINY_NORM : norm;
      for (long c = 0; c < columns; c++) result[c] = row[c] / divisor;
    } else {
      memcpy(result, row, (unsigned long)columns * sizeof(REAL));
    }
  }
}

CLONES void NAME(rll_subtract_row)(long rows, long columns, const REAL *shift, REAL *out) {
  for (long i = 0; i < rows; i++)
    for (long c = 0; c < columns; c++) out[i * columns + c] -= shift[c];
}

void NAME(rll_mirror_lower)(long n, REAL *s) {
  for (long i0 = 0; i0 < n; i0 += LANES)
    for (long j0 = 0; j0 <= i0; j0 += LANES)
      for (long i = i0; i < i0 + LANES && i < n; i++)
        for (long j = j0; j < j0 + LANES && j < i; j++) s[j * n + i] = s[i * n + j];
}

// One list per query i, over all other rows of the batch (losses.md 3.1, 3.4, 3.6, 3.7).
//
//   d = sqrt(max(0, 2 - 2 s)); where a pair that may count is so close that the subtraction
//   has lost its digits, d is computed again from the difference of the rows
//   positives with d > beta:  h = d - beta;   negatives with d < alpha:  h = alpha - d
//   e = exp(T (h - max h)),   p = e / sum e,   L = sum p h
//   T infinite: e = 1 on the largest h (ties share), 0 elsewhere
//   u = sign (weight) p [1 + T (h - L), in exact mode] / d, and 0 where d <= 1e-6;
//   linear pairs are not divided by d
//
// positive_peak is max h, positive_sum is sum e (0 for an empty list); these are what the
// weighting of queries by hardness needs, without a logarithm. class_count is the number of rows
// of the query's class, the query included.
CLONES void NAME(rll_ranked_list_rows)(
    long n, long columns, const REAL *unit, const REAL *similarity, const int32_t *labels,
    REAL alpha, REAL beta, REAL positive_temperature, REAL negative_temperature, REAL lambda,
    int coefficients, REAL *scratch, REAL *u, REAL *positive_loss, REAL *negative_loss,
    int32_t *positive_count, int32_t *negative_count, int32_t *class_count, REAL *positive_peak,
    REAL *negative_peak, REAL *positive_sum, REAL *negative_sum) {
  const REAL close = (REAL)1e-3;
  const REAL zero_distance = (REAL)1e-6;
  const REAL infinite = (REAL)__builtin_inf();
  const long padded = (n + LANES - 1) / LANES * LANES;
  REAL *distance = scratch, *hinge = scratch + padded, *weight = scratch + 2 * padded;
  // The padding of the scratch rows: trivial for both lists.
  for (long j = n; j < padded; j++) distance[j] = 1, hinge[j] = 0;

  for (long i = 0; i < n; i++) {
    const REAL *s = similarity + i * n;
    for (long j = 0; j < n; j++) {
      REAL squared = (REAL)2 - (REAL)2 * s[j];
      distance[j] = squared > 0 ? squared : 0;
    }
    for (long j = 0; j < n; j++)
      if (distance[j] < close && j != i && (labels[j] != labels[i] || beta < (REAL)0.05))
        distance[j] = squared_distance(columns, unit + i * columns, unit + j * columns);
    for (long j = 0; j < padded; j += LANES)
      STORE(distance + j, __builtin_elementwise_sqrt(LOAD(distance + j)));

    // The hinge carries its list in its sign: positives > 0, negatives < 0, trivial pairs 0.
    REAL peaks[2] = {0, 0};
    int32_t counts[2] = {0, 0}, same_class = 0;
    for (long j = 0; j < n; j++) {
      REAL positive = distance[j] - beta, negative = alpha - distance[j];
      int same = labels[j] == labels[i];
      REAL h = same ? (j != i && positive > 0 ? positive : 0) : (negative > 0 ? -negative : 0);
      hinge[j] = h;
      same_class += same;
      counts[0] += h > 0;
      counts[1] += h < 0;
      peaks[0] = h > peaks[0] ? h : peaks[0];
      peaks[1] = -h > peaks[1] ? -h : peaks[1];
    }

    REAL sums[2] = {0, 0}, losses[2] = {0, 0};
    for (int list = 0; list < 2; list++) {
      if (counts[list] == 0) continue;
      const REAL sign = list == 0 ? 1 : -1;
      const REAL temperature = list == 0 ? positive_temperature : negative_temperature;
      vector e_sum = 0, eh_sum = 0;
      for (long j = 0; j < padded; j += LANES) {
        vector h = LOAD(hinge + j) * sign;
        vector e;
        if (temperature == infinite) {
          e = h == (vector)peaks[list] ? (vector)1 : (vector)0;
        } else {
          EXP(temperature * (h - peaks[list]), e);
        }
        e = h > (vector)0 ? e : (vector)0;
        e_sum += e;
        eh_sum += e * (h > (vector)0 ? h : (vector)0);
        vector other = LOAD(weight + j);
        STORE(weight + j, h > (vector)0 ? e : other);
      }
      sums[list] = SUM_TREE(e_sum);
      losses[list] = SUM_TREE(eh_sum) / sums[list];
    }
    positive_loss[i] = losses[0];
    negative_loss[i] = losses[1];
    positive_count[i] = counts[0];
    negative_count[i] = counts[1];
    class_count[i] = same_class;
    positive_peak[i] = peaks[0];
    negative_peak[i] = peaks[1];
    positive_sum[i] = sums[0];
    negative_sum[i] = sums[1];

    const REAL scale_p = counts[0] ? ((REAL)1 - lambda) / sums[0] : 0;
    const REAL scale_n = counts[1] ? -lambda / sums[1] : 0;
    // An infinite temperature has no derivative of its weights: the hardest pair stays.
    const int exact = coefficients & RLL_EXACT_WEIGHTS, linear = coefficients & RLL_LINEAR_PAIRS;
    const REAL slope_p = exact && positive_temperature != infinite ? positive_temperature : 0;
    const REAL slope_n = exact && negative_temperature != infinite ? negative_temperature : 0;
    for (long j = 0; j < padded; j += LANES) {
      vector h = LOAD(hinge + j), d = LOAD(distance + j), e = LOAD(weight + j);
      vector a_p = (scale_p * e) * ((REAL)1 + slope_p * (h - losses[0]));
      vector a_n = (scale_n * e) * ((REAL)1 + slope_n * (-h - losses[1]));
      vector a = h > (vector)0 ? a_p : (h < (vector)0 ? a_n : (vector)0);
      vector length = linear ? (vector)1 : d;
      STORE(distance + j, d > (vector)zero_distance ? a / length : (vector)0);
    }
    memcpy(u + i * n, distance, (unsigned long)n * sizeof(REAL));
    for (long j = n; j < padded; j++) distance[j] = 1;
  }
}

// rho of each query, losses.md 3.5-3.6: its sums of weights over those of the batch, all taken
// relative to the largest exponent of the batch so that nothing overflows. At an infinite
// temperature the limit: lists of a finite one vanish, and the largest hinges share.
CLONES void NAME(rll_query_hardness)(
    long n, REAL positive_temperature, REAL negative_temperature, const REAL *positive_peak,
    const REAL *negative_peak, const REAL *positive_sum, const REAL *negative_sum, REAL *factor) {
  const REAL infinite = (REAL)__builtin_inf();
  const REAL temperatures[2] = {positive_temperature, negative_temperature};
  const REAL *peaks[2] = {positive_peak, negative_peak}, *sums[2] = {positive_sum, negative_sum};
  const int limit = positive_temperature == infinite || negative_temperature == infinite;
  const REAL slopes[2] = {
      limit ? (REAL)1 : positive_temperature, limit ? (REAL)1 : negative_temperature};
  const int counts[2] = {
      !limit || temperatures[0] == infinite, !limit || temperatures[1] == infinite};

  REAL largest = -infinite;
  for (int list = 0; list < 2; list++)
    for (long i = 0; i < n && counts[list]; i++)
      if (sums[list][i] > 0 && slopes[list] * peaks[list][i] > largest)
        largest = slopes[list] * peaks[list][i];
  REAL total = 0;
  for (long i = 0; i < n; i++) {
    factor[i] = 0;
    for (int list = 0; list < 2; list++) {
      if (!counts[list] || !(sums[list][i] > 0)) continue;
      REAL exponent = slopes[list] * peaks[list][i] - largest;
      vector share = exponent == 0 ? (vector)1 : (vector)0;
      if (!limit) EXP((vector)exponent, share);
      factor[i] += sums[list][i] * share[0];
    }
    total += factor[i];
  }
  for (long i = 0; i < n && total > 0; i++) factor[i] /= total;
}

CLONES void NAME(rll_scale_rows)(long rows, long columns, const REAL *factor, REAL *u) {
  for (long i = 0; i < rows; i++)
    for (long c = 0; c < columns; c++) u[i * columns + c] *= factor[i];
}

void NAME(rll_symmetrize)(long n, REAL *u) {
  for (long i0 = 0; i0 < n; i0 += LANES)
    for (long j0 = 0; j0 <= i0; j0 += LANES)
      for (long i = i0; i < i0 + LANES && i < n; i++)
        for (long j = j0; j < j0 + LANES && j <= i; j++) {
          REAL sum = u[i * n + j] + u[j * n + i];
          u[i * n + j] = sum;
          u[j * n + i] = sum;
        }
}

CLONES void NAME(rll_graph_laplacian)(long n, REAL *u) {
  for (long i = 0; i < n; i++) {
    REAL *row = u + i * n;
    vector sums = 0;
    long j = 0;
    for (; j + LANES <= n; j += LANES) {
      sums += LOAD(row + j);
      STORE(row + j, -LOAD(row + j));
    }
    REAL total = SUM_TREE(sums);
    for (; j < n; j++) {
      total += row[j];
      row[j] = -row[j];
    }
    row[i] += total;
  }
}

CLONES void NAME(rll_sgd_update)(
    long count, REAL rate, REAL momentum, REAL decay, const REAL *g, REAL *v, REAL *w) {
  for (long k = 0; k < count; k++) {
    REAL velocity = momentum * v[k] + rate * (g[k] + decay * w[k]);
    v[k] = velocity;
    w[k] -= velocity;
  }
}

CLONES void NAME(rll_exp)(long count, const REAL *x, REAL *out) {
  for (long k = 0; k < count; k += LANES) {
    REAL block[LANES] = {0};
    long size = count - k < LANES ? count - k : LANES;
    for (long l = 0; l < size; l++) block[l] = x[k + l];
    vector result;
    EXP(LOAD(block), result);
    STORE(block, result);
    for (long l = 0; l < size; l++) out[k + l] = block[l];
  }
}

CLONES double NAME(rll_exact_dot)(long columns, const REAL *a, const REAL *b) {
  doubles sums = 0;
  long c = 0;
  for (; c + LANES <= columns; c += LANES)
    sums += __builtin_convertvector(LOAD(a + c), doubles) *
            __builtin_convertvector(LOAD(b + c), doubles);
  double total = SUM_TREE(sums);
  for (; c < columns; c++) total += (double)a[c] * (double)b[c];
  return total;
}

CLONES void NAME(rll_add_rows)(long rows, long columns, const REAL *x, double *sums) {
  for (long i = 0; i < rows; i++)
    for (long c = 0; c < columns; c++) sums[c] += (double)x[i * columns + c];
}

CLONES long NAME(rll_first_non_finite)(long count, const REAL *x) {
  // A product with 0 is NaN for what is not finite; a block is searched only where one is.
  for (long k = 0; k < count; k += 4096) {
    long size = count - k < 4096 ? count - k : 4096;
    vector sums = 0;
    long c = 0;
    for (; c + LANES <= size; c += LANES) sums += LOAD(x + k + c) * (REAL)0;
    REAL total = SUM_TREE(sums);
    for (; c < size; c++) total += x[k + c] * (REAL)0;
    if (total == 0) continue;
    for (c = 0; c < size; c++)
      if (x[k + c] * (REAL)0 != 0) return k + c;
  }
  return -1;
}

// `count` rows of x by one panel: LANES rows of w, interleaved so that the loop reads one vector
// after the other. The compiler unrolls the constant count.
#define PRODUCT_TILE(count)                                                                        \
  do {                                                                                             \
    const REAL *rows_ = x + i * inner;                                                             \
    vector sums[count];                                                                            \
    for (int t = 0; t < count; t++) sums[t] = 0;                                                   \
    for (long k = 0; k < inner; k++) {                                                             \
      vector factor = LOAD(panel + k * LANES);                                                     \
      for (int t = 0; t < count; t++)                                                              \
        sums[t] = __builtin_elementwise_fma((vector)rows_[t * inner + k], factor, sums[t]);        \
    }                                                                                              \
    for (int t = 0; t < count; t++)                                                                \
      memcpy(out + (i + t) * columns + c, &sums[t], size);                                         \
  } while (0)

CLONES void NAME(rll_ordered_product)(
    long rows, long inner, long columns, const REAL *x, const REAL *w, REAL *panel, REAL *out) {
  for (long c = 0; c < columns; c += LANES) {
    const long lanes = columns - c < LANES ? columns - c : LANES;
    const unsigned long size = (unsigned long)lanes * sizeof(REAL);
    for (long k = 0; k < inner; k++)
      for (long l = 0; l < LANES; l++)
        panel[k * LANES + l] = l < lanes ? w[(c + l) * inner + k] : 0;
    long i = 0;
    for (; i + PRODUCT_ROWS <= rows; i += PRODUCT_ROWS) PRODUCT_TILE(PRODUCT_ROWS);
    for (; i < rows; i++) PRODUCT_TILE(1);
  }
}

// A heap with the smallest of the `depth` largest values on top.
REAL NAME(rll_nth_largest)(long count, const REAL *x, long depth, REAL *heap) {
  long size = 0;
  for (long k = 0; k < count; k++) {
    REAL value = x[k];
    long place;
    if (size < depth) {
      for (place = size++; place > 0 && heap[(place - 1) / 2] > value; place = (place - 1) / 2)
        heap[place] = heap[(place - 1) / 2];
    } else {
      if (value <= heap[0]) continue;
      place = 0;
      for (long child = 1; child < size; child = 2 * place + 1) {
        if (child + 1 < size && heap[child + 1] < heap[child]) child++;
        if (heap[child] >= value) break;
        heap[place] = heap[child];
        place = child;
      }
    }
    heap[place] = value;
  }
  return heap[0];
}

CLONES long NAME(rll_select_at_least)(
    long count, const REAL *x, REAL threshold, int32_t *positions) {
  long found = 0;
  for (long k = 0; k < count; k++) {
    positions[found] = (int32_t)k;
    found += x[k] >= threshold;
  }
  return found;
}
