import Kernels

/// Draws a practice set: characters that look handwritten, each by the same number of writers,
/// with three levels of vectors like those of real drawings.
///
/// A class is a few random smooth strokes; a sample varies its place, slant, size, strokes, pen
/// and paper. A pure function of the settings; no class is in both splits.
package struct GlyphSynthesizer: Sendable {
  package var trainClasses = 136
  package var testClasses = 106
  package var samplesPerClass = 20
  package var seed: UInt64 = 0
  var variation = GlyphVariation()

  package init() {}

  /// Both splits, rows sorted by class; training classes count from 0, test classes on from
  /// there.
  package func rows() -> (train: FeatureFileWriter.Rows, test: FeatureFileWriter.Rows) {
    (
      rows(ofClasses: 0..<trainClasses),
      rows(ofClasses: trainClasses..<(trainClasses + testClasses))
    )
  }

  /// Draws the set and writes it as a grouped feature file.
  package func write(to path: String) throws(DatasetError) {
    let (train, test) = rows()
    var writer = FeatureFileWriter()
    writer.classNames = (0..<(trainClasses + testClasses)).map { "glyph\($0)" }
    writer.attributes = [
      ("title", "procedural glyphs"),
      ("source", "rll-sweep data synthesize, seed \(seed)"),
    ]
    try writer.writeGrouped(train: train, test: test, to: path)
  }

  private func rows(ofClasses classes: Range<Int>) -> FeatureFileWriter.Rows {
    var labels: [Int64] = []
    var (low, mid, high): ([Float], [Float], [Float]) = ([], [], [])
    for label in classes {
      for sample in 0..<samplesPerClass {
        let page = page(label: label, sample: sample)
        labels.append(Int64(label))
        low += GlyphFeatures.low(of: page)
        mid += GlyphFeatures.mid(of: page)
        high += GlyphFeatures.high(of: page)
      }
    }
    return FeatureFileWriter.Rows(
      labels: labels,
      levels: [
        .init(name: GlyphFeatures.low.name, dimension: GlyphFeatures.low.dimension, values: low),
        .init(name: GlyphFeatures.mid.name, dimension: GlyphFeatures.mid.dimension, values: mid),
        .init(
          name: GlyphFeatures.high.name, dimension: GlyphFeatures.high.dimension, values: high),
      ])
  }

  /// One drawing of one class, whatever the number of classes and samples.
  private func page(label: Int, sample: Int) -> GlyphPage {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    // Tags: the class in the upper half, 0 for its shape and 1, 2, … for its samples below.
    let tag = UInt64(label) << 32
    var shapeDraws = GlyphDraws(stream: stream, tag: tag)
    let shape = GlyphShape(draws: &shapeDraws)
    var draws = GlyphDraws(stream: stream, tag: tag | UInt64(sample + 1))
    let varied = shape.varied(by: variation, draws: &draws)
    return GlyphPage(
      side: GlyphFeatures.side, drawing: varied, variation: variation, draws: &draws)
  }
}
