import Sweeps
import Testing

@Suite struct NearestSpellingTests {
  private static let words = ["alpha", "margin", "temperature", "learning_rate", "m", "lr"]

  @Test(arguments: [
    ("alhpa", "alpha"), ("margn", "margin"), ("Temprature", "temperature"),
    ("learning-rate", "learning_rate"), ("learningrate", "learning_rate"), ("lrr", "lr"),
    ("ALPHA", "alpha"),
  ])
  func `a misspelt word gets its nearest spelling`(word: String, nearest: String) {
    #expect(NearestSpelling.suggestion(for: word, among: Self.words) == nearest)
  }

  @Test(arguments: ["", "x", "gamma", "alpha", "temp", String(repeating: "a", count: 1_000)])
  func `a word that is near to nothing gets no suggestion`(word: String) {
    #expect(NearestSpelling.suggestion(for: word, among: Self.words) == nil)
  }
}
