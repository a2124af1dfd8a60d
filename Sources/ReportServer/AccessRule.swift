/// Who is let in: whoever knows the token and asks this server by one of its own names.
///
/// The names matter because a browser can be led to send requests here: a page of another origin
/// says so in `Origin`, and one whose name was made to mean this machine (DNS rebinding) still
/// names itself in `Host`.
package struct AccessRule: Sendable {
  package let token: String
  /// Names with ports, as `127.0.0.1:8765`, in lower case.
  package let hosts: Set<String>

  package init(token: String, names: [String], port: UInt16) {
    self.token = token
    hosts = Set(
      names.flatMap { name in
        let host = (name.contains(":") ? "[\(name)]" : name).lowercased()
        return port == 80 ? [host, "\(host):80"] : ["\(host):\(port)"]
      })
  }

  /// What is known of a request before it is let in.
  package struct Visitor: Sendable {
    package var host: String?
    package var origin: String?
    package var authorization: String?
    package var queryToken: String?

    package init(
      host: String?, origin: String? = nil, authorization: String? = nil,
      queryToken: String? = nil
    ) {
      self.host = host
      self.origin = origin
      self.authorization = authorization
      self.queryToken = queryToken
    }
  }

  /// Why a visitor is sent away; nil where it is let in.
  package func refusal(of visitor: Visitor) -> SiteAnswer? {
    guard let host = visitor.host?.lowercased(), hosts.contains(host) else {
      return .text(
        .misdirected, "This server does not answer to the name in the request's Host header.")
    }
    if let origin = visitor.origin, origin.lowercased() != "http://" + host {
      return .text(.forbidden, "Pages of another origin get nothing here.")
    }
    let bearer = visitor.authorization.flatMap { text in
      let scheme = "bearer "
      return text.prefix(scheme.count).lowercased() == scheme
        ? String(text.dropFirst(scheme.count)) : nil
    }
    guard let given = bearer ?? visitor.queryToken, isToken(given) else {
      return .text(
        .unauthorized,
        "A token is needed: open the whole address that rll-report serve has printed.")
    }
    return nil
  }

  /// Takes as long for every text of the same length, so that time tells nothing of the token.
  private func isToken(_ text: String) -> Bool {
    let (given, wanted) = (Array(text.utf8), Array(token.utf8))
    guard given.count == wanted.count else { return false }
    return zip(given, wanted).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// 128 random bits in hexadecimal.
  package static func newToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in
      let byte = UInt8.random(in: .min ... .max, using: &generator)
      return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
