/// Names of sessions. The runs of a session were measured together, interleaved, on one machine.
package enum Session {
  /// Sixteen random hexadecimal digits.
  package static func identifier(using generator: inout some RandomNumberGenerator) -> String {
    let digits = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
