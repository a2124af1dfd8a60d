import ReportServer
import Testing

struct AccessRuleTests {
  private static let token = "0123456789abcdef0123456789abcdef"
  private let rule = AccessRule(
    token: token, names: ["127.0.0.1", "localhost"], port: 8765)

  @Test(arguments: [
    AccessRule.Visitor(host: "127.0.0.1:8765", queryToken: token),
    AccessRule.Visitor(host: "localhost:8765", authorization: "Bearer \(token)"),
    AccessRule.Visitor(host: "LocalHost:8765", origin: "http://localhost:8765", queryToken: token),
  ])
  func `whoever has the token and names the server is let in`(visitor: AccessRule.Visitor) {
    #expect(rule.refusal(of: visitor) == nil)
  }

  @Test(arguments: [
    AccessRule.Visitor(host: "127.0.0.1:8765"),
    AccessRule.Visitor(host: "127.0.0.1:8765", queryToken: ""),
    AccessRule.Visitor(host: "127.0.0.1:8765", queryToken: String(token.dropLast())),
    AccessRule.Visitor(host: "127.0.0.1:8765", queryToken: String(token.dropLast()) + "0"),
    AccessRule.Visitor(host: "127.0.0.1:8765", authorization: token),
    AccessRule.Visitor(host: "127.0.0.1:8765", authorization: "Bearer x", queryToken: token),
  ])
  func `without the token there is nothing`(visitor: AccessRule.Visitor) {
    let refusal = rule.refusal(of: visitor)
    #expect(refusal?.status == .unauthorized)
    #expect(
      refusal?.body
        == "A token is needed: open the whole address that rll-report serve has printed.\n")
  }

  @Test(arguments: [
    nil, "", "127.0.0.1", "127.0.0.1:80", "localhost", "evil.example:8765", "evil.example",
    "127.0.0.1:8765.evil.example", "127.0.0.1:8765, evil.example",
  ])
  func `a name that was made to mean this machine is refused`(host: String?) {
    let refusal = rule.refusal(of: .init(host: host, queryToken: Self.token))
    #expect(refusal?.status == .misdirected)
    #expect(
      refusal?.body
        == "This server does not answer to the name in the request's Host header.\n")
  }

  @Test(arguments: [
    "http://evil.example", "https://127.0.0.1:8765", "null", "http://localhost:8765",
    "http://127.0.0.1:8766", "",
  ])
  func `a page of another origin is refused`(origin: String) {
    let refusal = rule.refusal(
      of: .init(host: "127.0.0.1:8765", origin: origin, queryToken: Self.token))
    #expect(refusal?.status == .forbidden)
    #expect(refusal?.body == "Pages of another origin get nothing here.\n")
  }

  @Test func `at port 80 the port may be left out`() {
    let rule = AccessRule(token: "a", names: ["here"], port: 80)
    for host in ["here", "here:80"] {
      #expect(rule.refusal(of: .init(host: host, queryToken: "a")) == nil)
    }
  }

  @Test func `tokens are 128 bits and never the same`() {
    let tokens = (0..<50).map { _ in AccessRule.newToken() }
    #expect(Set(tokens).count == 50)
    #expect(tokens.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }
}
