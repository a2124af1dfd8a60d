extension RandomStream {
  /// A draw from the standard normal distribution, by Box and Muller, with the same bits
  /// everywhere: `√(−2 ln(1 − u)) cos(π v)`, with u and v the uniform draws at `2 position` and
  /// `2 position + 1`. Half a turn is enough: the cosine takes no other values on the other.
  ///
  /// Source: Box and Muller, "A note on the generation of random normal deviates", 1958,
  /// doi:10.1214/aoms/1177706645.
  package func normal(at position: UInt32, tag: UInt64 = 0) -> Double {
    let radius = uniform(at: 2 * position, tag: tag)
    let angle = uniform(at: 2 * position + 1, tag: tag)
    return (-2 * PortableMath.logarithm(1 - radius)).squareRoot() * PortableMath.cosinePi(angle)
  }
}
