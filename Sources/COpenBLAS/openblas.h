// Types only. The library is loaded at run time, after its core type has been chosen,
// so nothing here may be called directly and nothing is linked.
#pragma once
#include <cblas.h>
#include <stddef.h>

typedef __typeof__(&cblas_sgemm) rll_sgemm_function;
typedef __typeof__(&cblas_dgemm) rll_dgemm_function;
typedef __typeof__(&cblas_ssyrk) rll_ssyrk_function;
typedef __typeof__(&cblas_dsyrk) rll_dsyrk_function;
typedef char *(*rll_openblas_text_function)(void);
typedef void (*rll_openblas_set_threads_function)(int);
typedef int (*rll_openblas_get_threads_function)(void);
// LAPACK's symmetric eigen-solver by divide and conquer, as Fortran passes arguments: by
// reference, the lengths of texts at the end.
typedef void (*rll_dsyevd_function)(
    const char *job, const char *triangle, const blasint *n, double *a, const blasint *leading,
    double *values, double *work, const blasint *work_size, blasint *integer_work,
    const blasint *integer_work_size, blasint *info, size_t job_length, size_t triangle_length);
