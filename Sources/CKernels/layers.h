// Loops over the layers of a network and over pairs of rows, for one REAL. Included after
// elements.h, whose rules hold here too.

CLONES void NAME(rll_add_row)(long rows, long columns, const REAL *row, REAL *out) {
  for (long i = 0; i < rows; i++)
    for (long c = 0; c < columns; c++) out[i * columns + c] += row[c];
}

CLONES void NAME(rll_sum_columns)(long rows, long columns, const REAL *x, REAL *out) {
  for (long c = 0; c < columns; c++) out[c] = 0;
  for (long i = 0; i < rows; i++)
    for (long c = 0; c < columns; c++) out[c] += x[i * columns + c];
}

CLONES void NAME(rll_rectify)(long count, REAL *x) {
  for (long k = 0; k < count; k++) x[k] = x[k] > 0 ? x[k] : 0;
}

CLONES void NAME(rll_mask)(long count, const REAL *x, REAL *out) {
  for (long k = 0; k < count; k++) out[k] = x[k] > 0 ? out[k] : 0;
}

CLONES void NAME(rll_adam_update)(
    long count, REAL rate, REAL first_decay, REAL second_decay, REAL first_correction,
    REAL second_correction, REAL epsilon, REAL decay, REAL shrinkage, const REAL *g, REAL *first,
    REAL *second, REAL *w) {
  for (long k = 0; k < count; k++) {
    REAL gradient = g[k] + decay * w[k];
    REAL m = first_decay * first[k] + (1 - first_decay) * gradient;
    REAL v = second_decay * second[k] + (1 - second_decay) * gradient * gradient;
    first[k] = m;
    second[k] = v;
    REAL root = SQUARE_ROOT(v / second_correction);
    w[k] = shrinkage * w[k] - rate * (m / first_correction) / (root + epsilon);
  }
}

// d^2 = 2 - 2 s; where two rows nearly touch, the difference of the rows, summed in double.
void NAME(rll_pair_distances)(long n, long columns, const REAL *unit, REAL *s) {
  for (long i = 0; i < n; i++) {
    s[i * n + i] = 0;
    for (long j = 0; j < i; j++) {
      REAL square = 2 - 2 * s[i * n + j];
      if (square < (REAL)0.01) {
        double sum = 0;
        for (long c = 0; c < columns; c++) {
          double difference = (double)unit[i * columns + c] - (double)unit[j * columns + c];
          sum += difference * difference;
        }
        square = (REAL)sum;
      }
      REAL distance = SQUARE_ROOT(square);
      s[i * n + j] = distance;
      s[j * n + i] = distance;
    }
  }
}

CLONES void NAME(rll_divide_pairs)(long count, REAL least, const REAL *distances, REAL *u) {
  for (long k = 0; k < count; k++) u[k] = distances[k] > least ? u[k] / distances[k] : 0;
}
