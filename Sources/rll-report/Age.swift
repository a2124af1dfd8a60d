import ArgumentParser

/// How long ago something was, as `90m`, `12h`, `30d` or `2w`.
struct Age: ExpressibleByArgument, Sendable {
  let seconds: Double

  init?(argument: String) {
    let units: [Character: Double] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = UInt32(argument.dropLast())
    else { return nil }
    seconds = Double(count) * unit
  }
}
