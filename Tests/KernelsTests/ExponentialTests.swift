import Kernels
import Testing

struct ExponentialTests {
  @Test(arguments: [0, 1, 7, 33])
  func `exponentials in one call have the bits of each alone`(count: Int) {
    let numbers = (0..<count).map { -Double($0 * $0) / 1.5 }
    var result = numbers
    PortableMath.exponentiate(nonPositive: &result)
    #expect(result == numbers.map { PortableMath.exponential(ofNonPositive: $0) })
  }
}
