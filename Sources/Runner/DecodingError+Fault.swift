extension DecodingError {
  /// What is wrong with a JSON text, and at which of its keys, for those who know nothing of its
  /// types.
  var fault: String {
    switch self {
    case .keyNotFound(let key, let context):
      "\(Self.place(context.codingPath + [key])) is missing"
    case .typeMismatch(_, let context): "\(Self.place(context.codingPath)) is of the wrong type"
    case .valueNotFound(_, let context): "\(Self.place(context.codingPath)) has no value"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is no JSON" : "\(Self.place(context.codingPath)) has a value that is not known"
    @unknown default: "it cannot be read"
    }
  }

  /// `checkpoints[0].file`
  private static func place(_ path: [any CodingKey]) -> String {
    let place = path.reduce("") { place, key in
      if let index = key.intValue { return "\(place)[\(index)]" }
      return place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)"
    }
    return place.isEmpty ? "it" : place
  }
}
