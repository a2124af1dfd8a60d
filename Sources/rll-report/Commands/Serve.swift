import ArgumentParser
import CommandSupport
import Foundation
import ReportServer
import Reports
import Store

extension ReportCommand {
  struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Serves the report pages over the live store to a browser on this machine.",
      discussion: """
        Prints the address to open, which holds a token that every request needs. The page follows \
        the store while a sweep runs. Nothing is written. Ctrl-C ends it. The JSON interface is \
        described in docs/serve.md.

        Examples:
          rll-report serve
          rll-report serve demo --port 0
          ssh -L 8765:127.0.0.1:8765 HOST     # then open the printed address here
        """)

    @Argument(help: "The sweep to open first: a name, part of an id, or latest.")
    var sweep = "latest"
    @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "n"))
    var port: UInt16 = 8765
    @Option(
      help: ArgumentHelp(
        "The IPv4 address to listen on. Beyond 127.0.0.1 everything travels unencrypted.",
        valueName: "address"))
    var address = "127.0.0.1"
    @Option(
      name: .customLong("host"),
      help: ArgumentHelp(
        "Another name by which browsers may ask for it; may be given several times.",
        valueName: "name"))
    var names: [String] = []
    @Option(
      name: .customLong("d3"),
      help: ArgumentHelp(
        "A d3.min.js of version 5 (default: $RLL_D3, else node-d3's).", valueName: "path"))
    var library: String?
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let page = HTMLPage(library: try PageLibrary.text(path: library))
      let store = try ExperimentStore(path: store.path, access: .read)
      let ending: Result<Void, any Error>
      do {
        ending = .success(try await serve(store, page: page))
      } catch {
        ending = .failure(error)
      }
      try store.close()
      try ending.get()
    }

    private func serve(_ store: ExperimentStore, page: HTMLPage) async throws {
      let site = try ReportSite(
        store: store, page: page, program: "rll-report \(ProgramVersion.text)",
        standardSweep: sweep)
      let token = AccessRule.newToken()
      let isLocal = address.hasPrefix("127.")
      let server = try SiteServer(
        site: site, token: token, address: address, port: port,
        names: (isLocal ? ["localhost"] : []) + names)
      if !isLocal {
        Diagnostics.warning(
          "\(address) can be reached from elsewhere, and the token travels unencrypted")
      }
      let signals = StopSignals { _ in Task { await server.stop() } }
      try await server.run {
        Diagnostics.write("Open this address; it holds the token. Ctrl-C ends the server.")
        Diagnostics.write("\(server.root)?token=\(token)")
      }
      withExtendedLifetime(signals) {}
    }
  }
}
