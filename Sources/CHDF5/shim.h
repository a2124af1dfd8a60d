#pragma once
#include <hdf5.h>

// Constants that HDF5 defines as macros with casts or as calls, which Swift cannot import.

static inline hid_t rll_hdf5_default(void) { return H5P_DEFAULT; }
static inline hid_t rll_hdf5_all(void) { return H5S_ALL; }
static inline hid_t rll_hdf5_default_error_stack(void) { return H5E_DEFAULT; }
static inline unsigned rll_hdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned rll_hdf5_create_new(void) { return H5F_ACC_EXCL; }
static inline haddr_t rll_hdf5_undefined_address(void) { return HADDR_UNDEF; }
static inline size_t rll_hdf5_variable_size(void) { return H5T_VARIABLE; }

static inline hid_t rll_hdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t rll_hdf5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t rll_hdf5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t rll_hdf5_native_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t rll_hdf5_float32_le(void) { return H5T_IEEE_F32LE; }
static inline hid_t rll_hdf5_float32_be(void) { return H5T_IEEE_F32BE; }
static inline hid_t rll_hdf5_float64_le(void) { return H5T_IEEE_F64LE; }
static inline hid_t rll_hdf5_float64_be(void) { return H5T_IEEE_F64BE; }
static inline hid_t rll_hdf5_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t rll_hdf5_int32_be(void) { return H5T_STD_I32BE; }
static inline hid_t rll_hdf5_int64_le(void) { return H5T_STD_I64LE; }
static inline hid_t rll_hdf5_uint64_le(void) { return H5T_STD_U64LE; }
static inline hid_t rll_hdf5_c_string(void) { return H5T_C_S1; }

static inline hid_t rll_hdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }
static inline hid_t rll_hdf5_file_access(void) { return H5P_FILE_ACCESS; }
