// Types only. The library is loaded at run time, after its core type has been chosen,
// so nothing here may be called directly and nothing is linked.
#pragma once
#include <cblas.h>

typedef __typeof__(&cblas_sgemm) rll_sgemm_function;
typedef __typeof__(&cblas_dgemm) rll_dgemm_function;
typedef __typeof__(&cblas_ssyrk) rll_ssyrk_function;
typedef __typeof__(&cblas_dsyrk) rll_dsyrk_function;
typedef char *(*rll_openblas_text_function)(void);
typedef void (*rll_openblas_set_threads_function)(int);
typedef int (*rll_openblas_get_threads_function)(void);
