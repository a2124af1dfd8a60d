/// Which files a set of feature vectors lies in, and how they are read.
package struct FeatureSource: Sendable, Hashable, CustomStringConvertible {
  package enum Files: Sendable, Hashable {
    case one(String)
    /// The rows of one set, one file behind the other.
    case shards([String])
    case split(train: String, test: String)
  }

  /// Labels that are a part of other texts, such as the folder in the names of images.
  package struct LabelPattern: Sendable, Hashable {
    package let object: String
    /// A regular expression with one group, which is the label.
    package let pattern: String

    package init(object: String, pattern: String) {
      self.object = object
      self.pattern = pattern
    }
  }

  /// What divides the rows into training and test rows.
  package enum SplitRule: Sendable, Hashable {
    /// Groups where there are some, else a column.
    case auto
    case groups
    case column
    /// The first of the sorted classes train, the others test: a share of them below 1, else
    /// their number.
    case classes(Double)

    var isByClasses: Bool {
      if case .classes = self { true } else { false }
    }
  }

  package let files: Files
  /// What objects are called that have names of their own.
  package var names: [FeatureObject: String] = [:]
  package var labelPattern: LabelPattern?
  package var split = SplitRule.auto

  package init(_ files: Files) {
    self.files = files
  }

  /// As they were given, in the order in which they are read.
  package var paths: [String] {
    switch files {
    case .one(let path): [path]
    case .shards(let paths): paths
    case .split(let train, let test): [train, test]
    }
  }

  /// The paths on one line.
  package var description: String { paths.joined(separator: ", ") }
}
