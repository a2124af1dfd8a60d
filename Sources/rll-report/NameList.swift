import ArgumentParser

/// Names that one option gives, separated by commas.
struct NameList: ExpressibleByArgument, Sendable {
  var names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
      String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    if names.contains("") { return nil }
  }
}
