import FlyingSocks
import Foundation

/// A port that nobody listens on.
enum FreePort {
  /// The system's choice. Another process may take it before it is used, which then says so.
  static func find(on address: String) throws(ServerError) -> UInt16 {
    do {
      let socket = try Socket(domain: Int32(sockaddr_in.family))
      try socket.bind(to: .inet(ip4: address, port: 0))
      let bound = try socket.sockname()
      try socket.close()
      if case .ip4(_, let port) = bound { return port }
    } catch {
      throw ServerError("no free port was found on \(address): \(error.localizedDescription)")
    }
    throw ServerError("no free port was found on \(address)")
  }
}
