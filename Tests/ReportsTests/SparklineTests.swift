import Reports
import Testing

@Suite struct SparklineTests {
  @Test(arguments: [
    ([0, 1, 2, 3, 4, 5, 6, 7] as [Double], "▁▂▃▄▅▆▇█"),
    ([7, 0], "█▁"),
    ([1, .nan, 3], "▁ █"),
    ([.infinity, 1, 2, -.infinity], " ▁█ "),
    ([5, 5, 5], "▅▅▅"),
    ([.nan, .nan], "  "),
    ([], ""),
    ([-Double.greatestFiniteMagnitude, 0, .greatestFiniteMagnitude], "▁▅█"),
  ])
  func `values become marks between the least and the greatest`(
    values: [Double], marks: String
  ) {
    #expect(Sparkline.text(values) == marks)
  }

  @Test func `a long curve is shown by means of its stretches`() {
    #expect(Sparkline.text([0, 0, 2, 4, 7, 7, .nan, 7], limit: 4) == "▁▄██")
    #expect(Sparkline.text((0..<1000).map(Double.init)).count == 40)
  }
}
