// Searching rows of scores, for one REAL. Included by elements.h, whose macros it uses. Nothing
// is added up here, so the width of the machine's vectors cannot show in the bits.

// Whether any lane of a comparison holds.
#define ANY(mask) (__builtin_reduce_or(mask) != 0)

CLONES long NAME(rll_select_either)(
    long count, const REAL *x, REAL threshold, const REAL *thresholds, int32_t *positions) {
  long found = 0, k = 0;
  for (; k + LANES <= count; k += LANES) {
    vector values = LOAD(x + k);
    if (!ANY((values >= (vector)threshold) | (values >= LOAD(thresholds + k)))) continue;
    for (long l = k; l < k + LANES; l++) {
      positions[found] = (int32_t)l;
      found += (x[l] >= threshold) | (x[l] >= thresholds[l]);
    }
  }
  for (; k < count; k++) {
    positions[found] = (int32_t)k;
    found += (x[k] >= threshold) | (x[k] >= thresholds[k]);
  }
  return found;
}

CLONES long NAME(rll_select_nearest)(
    long count, REAL *x, const REAL *penalty, REAL least, REAL margin, int32_t *positions) {
  vector peaks = least;
  long k = 0;
  for (; k + LANES <= count; k += LANES) {
    vector score = LOAD(x + k) - LOAD(penalty + k);
    STORE(x + k, score);
    peaks = score > peaks ? score : peaks;
  }
  REAL peak = least;
  for (int l = 0; l < LANES; l++) peak = peaks[l] > peak ? peaks[l] : peak;
  for (; k < count; k++) {
    x[k] -= penalty[k];
    peak = x[k] > peak ? x[k] : peak;
  }
  const REAL threshold = peak - margin;
  long found = 0;
  for (k = 0; k + LANES <= count; k += LANES) {
    if (!ANY(LOAD(x + k) >= (vector)threshold)) continue;
    for (long l = k; l < k + LANES; l++) {
      positions[found] = (int32_t)l;
      found += x[l] >= threshold;
    }
  }
  for (; k < count; k++) {
    positions[found] = (int32_t)k;
    found += x[k] >= threshold;
  }
  return found;
}

CLONES long NAME(rll_select_between)(
    long count, const REAL *x, REAL low, REAL high, int32_t *positions, long *above) {
  long found = 0, higher = 0;
  for (long k = 0; k < count; k++) {
    positions[found] = (int32_t)k;
    found += (x[k] >= low) & (x[k] <= high);
    higher += x[k] > high;
  }
  *above = higher;
  return found;
}
