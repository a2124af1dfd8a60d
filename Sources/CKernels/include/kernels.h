// Element loops in C, each source compiled for float and for double.
//
// Every function gives the same bits at every x86-64 level: lanes have a fixed number, sums a
// fixed order, nothing is contracted into fused operations, and only +, -, *, / and square
// root are used, which IEEE 754 rounds correctly. Matrices are row-major and contiguous.
#pragma once
#include <stdint.h>

// What of a list is differentiated, losses.md 3.4.
// What the coefficients of pairs go through, added up.
enum rll_coefficients { RLL_CONSTANT_WEIGHTS = 0, RLL_EXACT_WEIGHTS = 1, RLL_LINEAR_PAIRS = 2 };

#define RLL_DECLARE(REAL, SUFFIX)                                                                  \
  /* unit[i] = x[i] / max(|x[i]|, 1e-12); norms[i] = |x[i]| unless norms is null */                \
  void rll_normalize_rows_##SUFFIX(                                                                \
      long rows, long columns, const REAL *x, REAL *unit, REAL *norms);                            \
  /* out[i] = (g[i] - (g[i].unit[i]) unit[i]) / norms[i], and 0 where norms[i] < 1e-12 */          \
  void rll_normalize_rows_backward_##SUFFIX(                                                       \
      long rows, long columns, const REAL *g, const REAL *unit, const REAL *norms, REAL *out);     \
  /* rows of source, picked by index; scaled to unit length when normalize is not 0 */             \
  void rll_gather_rows_##SUFFIX(                                                                   \
      long count, long columns, const int64_t *indices, const REAL *source, int normalize,         \
      REAL *out);                                                                                  \
  /* out[i] -= shift, for each row */                                                              \
  void rll_subtract_row_##SUFFIX(long rows, long columns, const REAL *shift, REAL *out);           \
  /* copies the lower triangle over the upper one */                                               \
  void rll_mirror_lower_##SUFFIX(long n, REAL *s);                                                 \
  /* Ranked List Loss: similarities to list losses and pair coefficients; see the source */        \
  void rll_ranked_list_rows_##SUFFIX(                                                              \
      long n, long columns, const REAL *unit, const REAL *similarity, const int32_t *labels,       \
      REAL alpha, REAL beta, REAL positive_temperature, REAL negative_temperature, REAL lambda,    \
      int coefficients, REAL *scratch, REAL *u, REAL *positive_loss, REAL *negative_loss,          \
      int32_t *positive_count, int32_t *negative_count, int32_t *class_count,                      \
      REAL *positive_peak, REAL *negative_peak, REAL *positive_sum, REAL *negative_sum);           \
  /* the weight of each query by the hardness of its lists; see the source */                      \
  void rll_query_hardness_##SUFFIX(                                                                \
      long n, REAL positive_temperature, REAL negative_temperature, const REAL *positive_peak,     \
      const REAL *negative_peak, const REAL *positive_sum, const REAL *negative_sum,               \
      REAL *factor);                                                                               \
  /* row i of u is multiplied by factor[i] */                                                      \
  void rll_scale_rows_##SUFFIX(long rows, long columns, const REAL *factor, REAL *u);              \
  /* u = u + u^T, in place */                                                                      \
  void rll_symmetrize_##SUFFIX(long n, REAL *u);                                                   \
  /* u = diag(u 1) - u, in place */                                                                \
  void rll_graph_laplacian_##SUFFIX(long n, REAL *u);                                              \
  /* v = momentum v + rate (g + decay w); w = w - v */                                             \
  void rll_sgd_update_##SUFFIX(                                                                    \
      long count, REAL rate, REAL momentum, REAL decay, const REAL *g, REAL *v, REAL *w);          \
  /* e^x for x <= 0, elementwise; for tests */                                                     \
  void rll_exp_##SUFFIX(long count, const REAL *x, REAL *out);                                     \
  /* dot product in double, fixed order: equal rows give equal bits wherever they lie */           \
  double rll_exact_dot_##SUFFIX(long columns, const REAL *a, const REAL *b);                       \
  /* sum of the rows in double, fixed order; sums is added to */                                   \
  void rll_add_rows_##SUFFIX(long rows, long columns, const REAL *x, double *sums);                \
  /* position of the first entry that is not finite, or -1 */                                      \
  long rll_first_non_finite_##SUFFIX(long count, const REAL *x);                                   \
  /* out = x w^T, (rows x inner) (columns x inner)^T; each entry summed over inner in order, by    \
     fused operations, so that equal rows give equal bits wherever they lie; panel is scratch */   \
  void rll_ordered_product_##SUFFIX(                                                               \
      long rows, long inner, long columns, const REAL *x, const REAL *w, REAL *panel, REAL *out);  \
  /* the depth-th largest of x, 1 <= depth <= count; heap holds depth values */                    \
  REAL rll_nth_largest_##SUFFIX(long count, const REAL *x, long depth, REAL *heap);                \
  /* positions of entries >= threshold, in ascending order; returns how many */                    \
  long rll_select_at_least_##SUFFIX(                                                               \
      long count, const REAL *x, REAL threshold, int32_t *positions);                             \
  /* out[i] += row, for each row */                                                                \
  void rll_add_row_##SUFFIX(long rows, long columns, const REAL *row, REAL *out);                  \
  /* out = the sum of the rows, in their order */                                                  \
  void rll_sum_columns_##SUFFIX(long rows, long columns, const REAL *x, REAL *out);                \
  /* x = max(x, 0) */                                                                              \
  void rll_rectify_##SUFFIX(long count, REAL *x);                                                  \
  /* out = 0 where x <= 0 */                                                                       \
  void rll_mask_##SUFFIX(long count, const REAL *x, REAL *out);                                    \
  /* Adam: g += decay w; moments with their decays; w = shrinkage w - rate m^ / (sqrt(v^) + eps),  \
     each moment divided by its correction */                                                      \
  void rll_adam_update_##SUFFIX(                                                                   \
      long count, REAL rate, REAL first_decay, REAL second_decay, REAL first_correction,           \
      REAL second_correction, REAL epsilon, REAL decay, REAL shrinkage, const REAL *g,             \
      REAL *first, REAL *second, REAL *w);                                                         \
  /* the Gram matrix s of unit rows becomes the matrix of their distances */                       \
  void rll_pair_distances_##SUFFIX(long n, long columns, const REAL *unit, REAL *s);               \
  /* u = u / distances, and 0 where a distance is at most least */                                 \
  void rll_divide_pairs_##SUFFIX(long count, REAL least, const REAL *distances, REAL *u);

RLL_DECLARE(float, f32)
RLL_DECLARE(double, f64)
#undef RLL_DECLARE

#define RLL_DECLARE_SEARCH(REAL, SUFFIX)                                                           \
  /* positions k, ascending, with x[k] >= threshold or x[k] >= thresholds[k]; returns how many.    \
     positions holds count + 1 values */                                                           \
  long rll_select_either_##SUFFIX(                                                                 \
      long count, const REAL *x, REAL threshold, const REAL *thresholds, int32_t *positions);      \
  /* x -= penalty, then the positions, ascending, of what is at most margin below the largest of   \
     x and least; returns how many. positions holds count + 1 values */                            \
  long rll_select_nearest_##SUFFIX(                                                                \
      long count, REAL *x, const REAL *penalty, REAL least, REAL margin, int32_t *positions);      \
  /* positions, ascending, of low <= x[k] <= high; above is the number of x[k] > high. positions   \
     holds count + 1 values */                                                                     \
  long rll_select_between_##SUFFIX(                                                                \
      long count, const REAL *x, REAL low, REAL high, int32_t *positions, long *above);

RLL_DECLARE_SEARCH(float, f32)
RLL_DECLARE_SEARCH(double, f64)
#undef RLL_DECLARE_SEARCH

// Number of values that `scratch` of rll_ranked_list_rows must hold for n columns.
static inline long rll_ranked_list_scratch(long n) { return 3 * ((n + 15) / 16) * 16; }

// Number of values that `panel` of rll_ordered_product must hold for rows of `inner` values.
static inline long rll_ordered_product_panel(long inner) { return 16 * inner; }
