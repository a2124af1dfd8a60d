import Foundation

/// Why a job could not be prepared, started or read.
package struct RunnerError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable, Hashable {
    /// A file or folder cannot be written or read.
    case file
    /// A run folder's file is of a newer program, or a text cannot stand where it is to stand.
    case format
    /// Under a file's name lies no file, or not what the program wrote there.
    case foreign
    /// Another process holds a lock.
    case held
    /// A program of the system failed.
    case program
    /// The run folder is another process's to work in.
    case withdrawn
    /// Slurm cannot be asked, or says no.
    case slurm
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// A file that the system refuses.
  ///
  /// - Parameter action: What was to be done with it, as in "cannot be written".
  static func refused(_ path: String, _ action: String, errno number: Int32) -> RunnerError {
    let advice =
      switch number {
      case ENOSPC, EDQUOT: ". Free some space there"
      case EFBIG: ". Raise the limit on the size of files (ulimit -f)"
      case EIO: ". The disk may be failing: see dmesg"
      case EMFILE, ENFILE: ". Raise the limit on open files (ulimit -n)"
      case EROFS, EACCES, EPERM: ". Make its folder writable, or name another place"
      default: ""
      }
    return RunnerError(
      .file, "\(path) cannot be \(action): \(String(cString: strerror(number)))\(advice)")
  }

  /// A file or folder about which Foundation says why the system refuses it.
  static func refused(_ path: String, _ action: String, _ error: any Error) -> RunnerError {
    let reason = ((error as? CocoaError)?.underlying as? POSIXError)?.code.rawValue
    return refused(path, action, errno: reason ?? EIO)
  }
}
