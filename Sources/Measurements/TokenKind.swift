/// A kind of tokens that has a price, with the name of its key in the configuration.
package enum TokenKind: String, CaseIterable, Sendable {
  case input, output, cacheRead, cacheWrite

  /// The metric that counts these tokens. No token is counted in two of them.
  package var metric: String {
    switch self {
    case .input: "input_tokens"
    case .output: "output_tokens"
    case .cacheRead: "cache_read_tokens"
    case .cacheWrite: "cache_write_tokens"
    }
  }
}
