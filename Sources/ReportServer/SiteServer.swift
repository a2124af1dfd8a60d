import FlyingFox
import FlyingSocks
import Foundation

/// The site over HTTP, on one address of this machine.
package struct SiteServer: Sendable {
  /// What one answer may take to be made.
  private static let allowedSeconds = 60.0
  /// What connections may take to end when the server stops.
  private static let stopSeconds = 2.0
  /// Query and path together; longer ones are no request of our pages.
  private static let longestTarget = 8_192

  private let server: HTTPServer
  private let address: String
  private let port: UInt16

  /// - Parameters:
  ///   - address: An IPv4 address of this machine.
  ///   - port: 0 for any that is free.
  ///   - names: By which the server may be asked for, besides its address.
  package init(
    site: ReportSite, token: String, address: String, port: UInt16, names: [String]
  ) throws(ServerError) {
    let port = try port == 0 ? FreePort.find(on: address) : port
    do {
      let rule = AccessRule(token: token, names: [address] + names, port: port)
      server = HTTPServer(
        address: try .inet(ip4: address, port: port), timeout: Self.allowedSeconds,
        logger: .disabled, handler: SiteHandler(site: site, rule: rule))
    } catch {
      throw ServerError(
        "'\(address)' is no IPv4 address. Give one of this machine, such as 127.0.0.1")
    }
    self.address = address
    self.port = port
  }

  /// Where the pages are, without the token.
  package var root: String { "http://\(address):\(port)/" }

  /// Serves until `stop` is called; `onListening` is told when the first request may come.
  package func run(onListening: @escaping @Sendable () -> Void) async throws {
    let listening = Task {
      try await server.waitUntilListening(timeout: Self.allowedSeconds)
      onListening()
    }
    defer { listening.cancel() }
    do {
      try await server.run()
    } catch SocketError.disconnected {
      return
    } catch is CancellationError {
      return
    } catch let error as SocketError {
      throw ServerError(
        "\(address):\(port) cannot be listened on: \(Self.reason(of: error)). "
          + "Choose another port with --port, or 0 for any that is free")
    }
  }

  private static func reason(of error: SocketError) -> String {
    guard case .failed(_, _, let message) = error else { return "\(error)" }
    return message
  }

  package func stop() async { await server.stop(timeout: Self.stopSeconds) }

  /// Requests as the site sees them.
  private struct SiteHandler: HTTPHandler {
    let site: ReportSite
    let rule: AccessRule

    func handleRequest(_ request: HTTPRequest) async -> HTTPResponse {
      var response = Self.response(await answer(to: request))
      if request.method == .HEAD { response.payload = .httpBody(HTTPBodySequence(data: Data())) }
      return response
    }

    private func answer(to request: HTTPRequest) async -> SiteAnswer {
      let query = SiteQuery.items(ofTarget: request.target.rawValue)
      let visitor = AccessRule.Visitor(
        host: request.headers[.host], origin: request.headers[HTTPHeader("Origin")],
        authorization: request.headers[.authorization],
        queryToken: query.last { $0.name == "token" }?.value)
      if let refusal = rule.refusal(of: visitor) { return refusal }
      guard request.method == .GET || request.method == .HEAD else {
        return .text(.wrongMethod, "This server only reads: GET and HEAD.")
      }
      guard request.target.rawValue.utf8.count <= SiteServer.longestTarget else {
        return .text(.wrongRequest, "The address is longer than any of this server.")
      }
      return await site.answer(ReportSite.Request(path: request.path, query: query))
    }

    private static func response(_ answer: SiteAnswer) -> HTTPResponse {
      let headers: HTTPHeaders = [
        .contentType: answer.type,
        HTTPHeader("Cache-Control"): "no-store",
        HTTPHeader("Referrer-Policy"): "no-referrer",
        HTTPHeader("X-Content-Type-Options"): "nosniff",
        HTTPHeader("X-Frame-Options"): "DENY",
        HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
        HTTPHeader("Cross-Origin-Opener-Policy"): "same-origin",
      ]
      return HTTPResponse(
        statusCode: HTTPStatusCode(answer.status.rawValue, phrase: answer.status.phrase),
        headers: headers, body: Data(answer.body.utf8))
    }
  }
}
