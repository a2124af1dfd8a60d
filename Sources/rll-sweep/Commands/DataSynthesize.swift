import ArgumentParser
import CommandSupport
import Datasets
import Foundation

struct DataSynthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Makes a practice set: drawn glyphs, three levels of features, disjoint classes.",
    discussion: """
      The same seed gives the same values on every machine.

      Example:
        rll-sweep data synthesize practice.h5
      """)

  @Argument(help: "The file to write.")
  var file: String

  @Option(help: "A whole number from 0.")
  var seed: UInt64 = 0

  @Option(help: "Classes of the training split.")
  var trainClasses = 136

  @Option(help: "Classes of the test split.")
  var testClasses = 106

  @Option(help: "Drawings of each class.")
  var samples = 20

  @Flag(help: "Replace a file that is already there.")
  var force = false

  func validate() throws {
    let counts = [
      ("--train-classes", trainClasses), ("--test-classes", testClasses), ("--samples", samples),
    ]
    for (name, count) in counts where !(2...10_000).contains(count) {
      throw ValidationError("\(name) is \(count); give a whole number from 2 to 10000")
    }
  }

  func run() throws {
    if FileManager.default.fileExists(atPath: file), !force {
      throw ValidationError("\(file) is already there; --force replaces it")
    }
    var glyphs = GlyphSynthesizer()
    glyphs.seed = seed
    glyphs.trainClasses = trainClasses
    glyphs.testClasses = testClasses
    glyphs.samplesPerClass = samples
    try glyphs.write(to: file)
    try StandardOutput.write("\(file)\n")
  }
}
