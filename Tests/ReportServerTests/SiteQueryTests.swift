import ReportServer
import Testing

struct SiteQueryTests {
  private func text(_ target: String) -> String {
    SiteQuery.items(ofTarget: target).map { "\($0.name)=\($0.value)" }.joined(separator: ";")
  }

  @Test func `spaces come as plus signs or in per cent, as clients write forms`() {
    #expect(
      text("/api/runs?where=margin+%3D+0.4%20AND%20seed%3D0&limit=3")
        == "where=margin = 0.4 AND seed=0;limit=3")
    #expect(text("/api/runs?where=seed%2B1") == "where=seed+1")
  }

  @Test func `what is left out is empty and what is broken stands for itself`() {
    #expect(text("/") == "")
    #expect(text("/?") == "")
    #expect(text("/?sweep&limit=") == "sweep=;limit=")
    #expect(text("/?where=100%") == "where=100%")
    #expect(text("/?a=b=c&&d=\u{e9}") == "a=b=c;d=\u{e9}")
  }
}
