extension String {
  /// Returns the text with other text in place of some scalars.
  ///
  /// - Parameter substitute: Returns the text that replaces a scalar; nil for the scalar itself.
  func escaping(_ substitute: (Unicode.Scalar) -> String?) -> String {
    guard unicodeScalars.contains(where: { substitute($0) != nil }) else { return self }
    return unicodeScalars.map { substitute($0) ?? String($0) }.joined()
  }
}
