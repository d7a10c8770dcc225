/// All keys, for whoever documents them.
package enum ConfigurationKeys {
  package static var names: [String] { ConfigurationKey.all.map(\.name) }

  /// The default of a key, as somebody would write it.
  ///
  /// Traps where no key of the name has a value for its default.
  package static func defaultValue(of name: String) -> String {
    guard case .value(let value) = ConfigurationKey.named[name.lowercased()]?.defaultValue else {
      preconditionFailure("no key \(name) has a value for its default")
    }
    return value
  }
}
