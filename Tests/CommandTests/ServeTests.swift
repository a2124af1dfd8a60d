import Foundation
import FoundationNetworking
import TestSupport
import Testing

struct ServeTests {
  /// A server over a practice store.
  private final class Server {
    let running: BuiltProgram.Running
    let client: Client

    init(_ practice: Practice) throws {
      try practice.folder.write("// https://d3js.org v5.16.0\n", to: "d3.js")
      running = try BuiltProgram.report.start(
        ["serve", "--port", "0", "--store", practice.storePath], in: practice.folder.path,
        environment: ["RLL_D3": practice.folder.file("d3.js")])
      let address = /(http:\/\/127.0.0.1:\d+\/)\?token=([0-9a-f]+)\n/
      let isThere = running.waitForErrors(containing: "?token=")
      let match = try #require(running.errors.firstMatch(of: address), "\(isThere)")
      client = Client(root: String(match.1), token: String(match.2))
    }

    deinit { running.send(SIGKILL) }
  }

  /// Asks a server as a program would.
  private struct Client: Sendable {
    let root: String
    let token: String
    private let session: URLSession

    init(root: String, token: String) {
      self.root = root
      self.token = token
      let configuration = URLSessionConfiguration.ephemeral
      configuration.httpMaximumConnectionsPerHost = 200
      session = URLSession(configuration: configuration)
    }

    func ask(
      _ path: String, token: String? = nil, method: String = "GET", headers: [String: String] = [:]
    ) async throws -> (status: Int, body: String) {
      let url = try #require(URL(string: root + path))
      var request = URLRequest(url: url)
      request.httpMethod = method
      request.setValue("Bearer \(token ?? self.token)", forHTTPHeaderField: "Authorization")
      for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
      let (data, response) = try await session.data(for: request)
      let http = try #require(response as? HTTPURLResponse)
      return (http.statusCode, String(decoding: data, as: UTF8.self))
    }
  }

  private func launched() throws -> Practice {
    let practice = try Practice()
    try practice.write(Practice.sweep.replacing("seeds: 2", with: "seeds: 1"))
    #expect(try practice.launch().status == 0)
    return practice
  }

  @Test func `whoever has the token reads, and nobody else or in any other way`() async throws {
    let practice = try launched()
    let server = try Server(practice)
    let client = server.client
    #expect(try await client.ask("").body.hasPrefix("<!doctype html>"))
    #expect(try await client.ask("?token=\(client.token)", token: "").status == 200)
    #expect(try await client.ask("", token: "").status == 401)
    #expect(try await client.ask("api/runs", token: String(client.token.reversed())).status == 401)
    let port = try #require(URL(string: client.root)?.port)
    #expect(try await client.ask("", headers: ["Host": "evil.example:\(port)"]).status == 421)
    #expect(try await client.ask("", headers: ["Origin": "http://evil.example"]).status == 403)
    for method in ["POST", "PUT", "DELETE"] {
      let answer = try await client.ask("api/runs", method: method)
      #expect(answer.status == 405)
      #expect(answer.body == "This server only reads: GET and HEAD.\n")
    }
    let long = try await client.ask("api/runs?where=" + String(repeating: "1", count: 9_000))
    #expect(long.status == 400)
    #expect(long.body == "The address is longer than any of this server.\n")
    for path in ["etc/passwd", "..%2f..%2fetc/passwd", "store.sqlite", "api"] {
      #expect(try await client.ask(path).status == 404, "\(path)")
    }
  }

  @Test func `sets of data are apart in the interface as in the command`() async throws {
    let practice = try Practice()
    let other = try Practice(dimension: 12)
    try FileManager.default.copyItem(
      atPath: other.folder.file("features.h5"), toPath: practice.folder.file("other.h5"))
    try practice.write(
      Practice.sweep.replacing("  dataset: features.h5\n", with: "")
        .replacing("  alpha: [1.2, 1.4]", with: "  dataset.path: [features.h5, other.h5]"))
    let ending = try practice.launch()
    #expect(ending.status == 0, "\(ending.errors)")
    let server = try Server(practice)
    let client = server.client
    let compared = try BuiltProgram.report.run(
      ["compare", "--sweep", "practice", "--json", "--store", practice.storePath],
      in: practice.folder.path
    ).output
    #expect(compared.contains("\"data_set\": \"other.h5\""), "\(compared)")
    #expect(try await client.ask("api/compare?sweep=practice").body == compared)
    let page = try await client.ask("api/page?sweep=practice%20(other.h5)")
    #expect(page.status == 200)
    for name in ["practice (features.h5)", "practice (other.h5)"] {
      #expect(page.body.contains("\"name\":\"\(name)\""))
    }
  }

  @Test func `the interface gives what the commands give`() async throws {
    let practice = try launched()
    let server = try Server(practice)
    let client = server.client
    func report(_ arguments: String...) throws -> String {
      try BuiltProgram.report.run(
        arguments + ["--store", practice.storePath], in: practice.folder.path
      ).output
    }
    #expect(
      try await client.ask("api/runs?where=margin%3D0.4&sort=seed&limit=1").body
        == report("runs", "--where", "margin=0.4", "--sort", "seed", "--limit", "1", "--json"))
    #expect(
      try await client.ask("api/compare?sweep=practice").body
        == report("compare", "--sweep", "practice", "--json"))
    #expect(try await client.ask("api/run?run=latest").body == report("show", "latest", "--json"))
    #expect(try await client.ask("api/sweeps").body.contains("\"name\": \"practice\""))
    let wrong: [(String, Int, String)] = [
      ("api/runs?where=margni%3D1", 400, "'margni' is no known name; did you mean 'margin'?"),
      ("api/runs?sort=seed:up", 400, "'up' is no direction; write seed:asc or seed:desc"),
      ("api/runs?limit=0", 400, "limit is '0'; it must be a number from 1"),
      ("api/run", 400, "Name a run: /api/run?run=ID"),
      ("api/page?sweep=other", 404, "there is no sweep 'other'."),
      (
        "nothing", 404,
        "There is nothing at /nothing. There are /, /api/version, /api/page, /api/sweeps, "
          + "/api/runs, /api/run and /api/compare."
      ),
    ]
    for (path, status, beginning) in wrong {
      let answer = try await client.ask(path)
      #expect(answer.status == status, "\(path)")
      #expect(answer.body.hasPrefix(beginning), "\(path): \(answer.body)")
    }
  }

  @Test func `two hundred requests at once are answered while a sweep writes`() async throws {
    let practice = try launched()
    let server = try Server(practice)
    let client = server.client
    let before = try await client.ask("api/version").body
    try practice.write(Practice.sweep.replacing("steps: 40", with: "steps: 400"))
    let launcher = try practice.startLaunch()
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for place in 0..<200 {
        let path = ["", "api/page", "api/runs", "api/version"][place % 4]
        group.addTask { try await client.ask(path).status }
      }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 200, count: 200))
    #expect(try launcher.wait().status == 0)
    #expect(try await client.ask("api/version").body != before)
    // A page may be somewhat older than the store.
    let deadline = ContinuousClock.now.advanced(by: .seconds(60))
    var page = ""
    while !page.contains("8 of 8 jobs done."), ContinuousClock.now < deadline {
      page = try await client.ask("api/page").body
    }
    #expect(page.contains("8 of 8 jobs done."))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends it cleanly`(signal: Int32) async throws {
    let practice = try launched()
    let server = try Server(practice)
    #expect(try await server.client.ask("").status == 200)
    server.running.send(signal)
    let ending = try server.running.wait()
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.split(separator: "\n").count == 2)
    #expect(try practice.check().status == 0)
  }

  @Test func `a port that is taken and an address that is none are said`() throws {
    let practice = try launched()
    let server = try Server(practice)
    let client = server.client
    let port = try #require(URL(string: client.root)?.port)
    func serve(_ arguments: String...) throws -> BuiltProgram.Ending {
      try BuiltProgram.report.run(
        ["serve", "--store", practice.storePath] + arguments, in: practice.folder.path,
        environment: ["RLL_D3": practice.folder.file("d3.js")])
    }
    let taken = try serve("--port", "\(port)")
    #expect(taken.status == 1)
    #expect(
      taken.errors
        == "error: 127.0.0.1:\(port) cannot be listened on: Address already in use. Choose another "
        + "port with --port, or 0 for any that is free\n")
    let wrong = try serve("--address", "nowhere", "--port", "\(port)")
    #expect(wrong.status == 1)
    #expect(
      wrong.errors
        == "error: 'nowhere' is no IPv4 address. Give one of this machine, such as 127.0.0.1\n")
  }
}
