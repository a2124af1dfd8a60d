import Foundation
import Kernels
import Testing

struct LogarithmTests {
  @Test func `logarithms agree with the C library to two units in the last place`() {
    let stream = RandomStream(seed: 11, stream: .synthesis)
    for position in 0..<20_000 {
      let exponent = 80 * stream.uniform(at: UInt32(position)) - 40
      let x = Foundation.exp(exponent)
      let difference = abs(PortableMath.logarithm(x) - Foundation.log(x))
      #expect(difference <= 2 * Foundation.log(x).ulp, "seed 11, position \(position), x \(x)")
    }
  }

  @Test func `ends of the range`() {
    #expect(PortableMath.logarithm(1) == 0)
    #expect(PortableMath.logarithm(0) == -.infinity)
    #expect(PortableMath.logarithm(.infinity) == .infinity)
    #expect(PortableMath.logarithm(-1).isNaN && PortableMath.logarithm(.nan).isNaN)
    #expect(
      abs(
        PortableMath.logarithm(.leastNonzeroMagnitude)
          - Foundation.log(Double.leastNonzeroMagnitude)) < 1e-12)
  }
}
