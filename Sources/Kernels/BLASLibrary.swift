internal import COpenBLAS
internal import Glibc

/// OpenBLAS, loaded at run time with its core type and thread count settled beforehand.
///
/// Its results differ in bits between core types and between thread counts (measured with
/// 0.3.21), and it reads both from the environment while it loads. So the environment is set
/// first and the library opened after. One thread: jobs run side by side instead.
package struct BLASLibrary: Sendable {
  /// Which kernels OpenBLAS is told to use.
  package enum CoreType: String, Sendable, Codable {
    /// Haswell, which every processor with AVX2 has: the same bits on all of them.
    case pinned
    /// What OpenBLAS itself thinks best for this processor.
    case native

    /// What a result was computed with, by the core name that was recorded with it.
    package init(ofCoreName name: String) {
      self = name == BLASLibrary.pinnedCoreName ? .pinned : .native
    }
  }

  /// The version as OpenBLAS reports it, such as `OpenBLAS 0.3.21`.
  package let version: String
  /// The core type in use, as OpenBLAS names it, such as `Haswell`.
  package let coreName: String
  package let threads: Int

  let sgemm: rll_sgemm_function
  let dgemm: rll_dgemm_function
  let ssyrk: rll_ssyrk_function
  let dsyrk: rll_dsyrk_function
  let dsyevd: rll_dsyevd_function

  private static let pinnedCoreName = "Haswell"
  private static let fileName = "libopenblas.so.0"
  /// Room for the library's buffer of 128 MiB, for threads and their heaps. Where OpenBLAS or the
  /// system's libraries get no address space they try again or wait without end.
  private static let bytesToReserve = 1 << 30

  /// Loads the library once for the life of the process.
  package static func load(_ coreType: CoreType = .pinned) throws(KernelError) -> BLASLibrary {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    switch coreType {
    case .pinned:
      guard Processor.hasAVX2 else { throw KernelError(.processorTooOld) }
      setenv("OPENBLAS_CORETYPE", pinnedCoreName, 1)
    case .native:
      unsetenv("OPENBLAS_CORETYPE")
    }
    guard canReserve(bytesToReserve) else {
      throw KernelError(.noAddressSpace, detail: "\(bytesToReserve >> 30) GiB")
    }
    guard let handle = dlopen(fileName, RTLD_NOW | RTLD_LOCAL) else {
      throw KernelError(.libraryMissing, detail: lastLoaderError())
    }
    let library = try BLASLibrary(handle: handle)
    if coreType == .pinned, library.coreName != pinnedCoreName {
      throw KernelError(
        .wrongCoreType, detail: "asked for \(pinnedCoreName), got \(library.coreName)")
    }
    return library
  }

  private init(handle: UnsafeMutableRawPointer) throws(KernelError) {
    sgemm = try Self.symbol("cblas_sgemm", in: handle)
    dgemm = try Self.symbol("cblas_dgemm", in: handle)
    ssyrk = try Self.symbol("cblas_ssyrk", in: handle)
    dsyrk = try Self.symbol("cblas_dsyrk", in: handle)
    dsyevd = try Self.symbol("dsyevd_", in: handle)
    let config: rll_openblas_text_function = try Self.symbol("openblas_get_config", in: handle)
    let core: rll_openblas_text_function = try Self.symbol("openblas_get_corename", in: handle)
    let setThreads: rll_openblas_set_threads_function = try Self.symbol(
      "openblas_set_num_threads", in: handle)
    let getThreads: rll_openblas_get_threads_function = try Self.symbol(
      "openblas_get_num_threads", in: handle)
    setThreads(1)
    version = Self.text(config()).split(separator: " ").prefix(2).joined(separator: " ")
    coreName = Self.text(core())
    threads = Int(getThreads())
    takeBuffer()
  }

  /// Makes the library take its buffer now, while there is known to be room for it.
  private func takeBuffer() {
    let one: [Float] = [1]
    var product: [Float] = [0]
    sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, 1, 1, 1, 1, one, 1, one, 1, 0, &product, 1)
  }

  private static func canReserve(_ bytes: Int) -> Bool {
    let place = mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let place, place != MAP_FAILED else { return false }
    munmap(place, bytes)
    return true
  }

  private static func symbol<Function>(
    _ name: String, in handle: UnsafeMutableRawPointer
  ) throws(KernelError) -> Function {
    guard let address = dlsym(handle, name) else {
      throw KernelError(.symbolMissing, detail: "\(name): \(lastLoaderError())")
    }
    return unsafeBitCast(address, to: Function.self)
  }

  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? "unknown"
  }

  private static func lastLoaderError() -> String {
    dlerror().map { String(cString: $0) } ?? "no reason given"
  }
}
