/// One level of a feature file, ready to train on: training and test vectors with labels.
package struct SplitData: Sendable {
  package let level: FeatureFile.Level
  package let train: LabeledVectors
  package let test: LabeledVectors
}
