import Crypto
import Foundation
import Reports
import Testing

struct HTMLPageTests {
  private static let hostile = "</script><script>alert('1')</script> \"&' \u{2028} λ <!-- {{data}}"

  private func page(name: String = "practice", library: String = "/* d3 */") throws -> String {
    let fixture = try PageStore(name: name, description: name, text: "name: '\(name)'\n")
    try fixture.fail(0, name)
    return HTMLPage(library: library).text(of: try fixture.page().document)
  }

  @Test func `no text of a user ends the element that it stands in`() throws {
    let page = try page(name: Self.hostile)
    #expect(page.matches(of: /<script/).count == 3)
    #expect(page.matches(of: /<\/script>/).count == 3)
    #expect(!page.contains("alert('1')</script>"))
    #expect(
      page.contains("<title>&lt;/script&gt;&lt;script&gt;alert('1')&lt;/script&gt; &quot;&amp;'"))
    let data = try #require(
      page.firstMatch(
        of: /<script type="application\/json" id="data">(.*?)<\/script>/.dotMatchesNewlines()))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(data.1.utf8)) as? [String: Any])
    let sweep = try #require((json["sweeps"] as? [[String: Any]])?.first)
    #expect(sweep["name"] as? String == Self.hostile)
    #expect(sweep["description"] as? String == Self.hostile)
  }

  @Test func `its policy allows its own scripts and style and nothing else`() throws {
    let page = try page()
    func source(_ pattern: Regex<(Substring, Substring)>) throws -> [String] {
      page.matches(of: pattern).map { match in
        let digest = Data(SHA256.hash(data: Data(match.1.utf8))).base64EncodedString()
        return "'sha256-\(digest)'"
      }
    }
    let scripts = try source(/<script>(.*?)<\/script>/.dotMatchesNewlines())
    let styles = try source(/<style>(.*?)<\/style>/.dotMatchesNewlines())
    #expect(scripts.count == 2 && styles.count == 1)
    #expect(
      page.contains(
        "content=\"default-src 'none'; script-src \(scripts.joined(separator: " ")); "
          + "style-src \(styles[0]); img-src data:; connect-src 'none'; base-uri 'none'; "
          + "form-action 'none'\""))
  }

  @Test func `a page of a server may ask that server alone`() throws {
    let fixture = try PageStore()
    var document = try fixture.page().document
    document.isLive = true
    let page = HTMLPage(library: "").text(of: document)
    #expect(page.contains("connect-src 'self';"))
  }

  @Test func `it names nothing to load`() throws {
    let page = try page()
    #expect(page.matches(of: /\b(src|href)="(?!#|data:,")/).isEmpty)
    #expect(!page.contains("@import"))
    #expect(page.matches(of: /url\(/).isEmpty)
  }

  @Test func `its programs use nothing that reads text as markup or as a program`() throws {
    let page = try page()
    for dangerous in [
      "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
    ] {
      #expect(!page.contains(dangerous), "\(dangerous)")
    }
  }
}
