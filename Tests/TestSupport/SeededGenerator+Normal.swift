package import Statistics

extension SeededGenerator {
  /// A number of the standard normal distribution, near enough: twelve uniform ones, less six.
  package mutating func normal() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
  }
}
