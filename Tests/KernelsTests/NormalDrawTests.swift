import Foundation
import Kernels
import Testing

struct NormalDrawTests {
  private static let count = 40_000

  private static let draws = (0..<count).map {
    RandomStream(seed: 11, stream: .proxies).normal(at: UInt32($0))
  }

  /// Five standard errors of a mean of that many draws with the deviation of one.
  private static func bound(_ deviation: Double) -> Double {
    5 * deviation / Double(count).squareRoot()
  }

  @Test func `the first four moments are those of the normal distribution`() {
    for (power, moment, deviation) in [(1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
      let mean = Self.draws.reduce(0) { $0 + pow($1, Double(power)) } / Double(Self.count)
      // Deviations of the powers: √(E x^2p − (E x^p)²), squares given.
      #expect(abs(mean - moment) < Self.bound(deviation.squareRoot()), "power \(power)")
    }
  }

  @Test func `values fall below the quartiles and the tails as often as they should`() {
    for (limit, share) in [(-2.0, 0.022750), (-0.674490, 0.25), (0, 0.5), (0.674490, 0.75)] {
      let found = Double(Self.draws.count { $0 < limit }) / Double(Self.count)
      #expect(abs(found - share) < Self.bound((share * (1 - share)).squareRoot()), "\(limit)")
    }
  }

  @Test func `a draw is a function of its place, and neighbours are independent`() {
    let stream = RandomStream(seed: 11, stream: .proxies)
    #expect(stream.normal(at: 7) == Self.draws[7])
    #expect(stream.normal(at: 7, tag: 1) != Self.draws[7])
    let products = zip(Self.draws, Self.draws.dropFirst()).map { $0 * $1 }
    #expect(abs(products.reduce(0, +) / Double(Self.count)) < Self.bound(1))
  }

  @Test func `a draw has the bits of Box and Muller's formula`() {
    let stream = RandomStream(seed: 3, stream: .proxies)
    for place in UInt32(0)..<50 {
      let (u, v) = (stream.uniform(at: 2 * place), stream.uniform(at: 2 * place + 1))
      let expected = (-2 * log(1 - u)).squareRoot() * cos(Double.pi * v)
      #expect(abs(stream.normal(at: place) - expected) < 1e-14, "\(place)")
    }
  }
}
