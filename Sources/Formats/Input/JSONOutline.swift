package import Measurements

/// The keys of a JSON text, and the place where it stops being JSON.
///
/// A single pass over the bytes answers what every format asks ("is there a `results[].command`?").
/// It also gives the line and field of an error, even if the text is cut off. Values are not kept.
package struct JSONOutline: Hashable, Sendable {
  /// The keys with those above them, such as `results[].command`, or `[].score` in a top-level
  /// array. At most 10,000 are kept, because in some files keys are data.
  package private(set) var keys: Set<String> = []
  /// The place where the text stops being JSON; nil if all is JSON.
  package private(set) var offence: JSONError?
  /// The first bare `NaN` or `Infinity`. It is not JSON, but some tools write it.
  package private(set) var nonFinite: JSONError?
  /// The start of the second value, as in files with one value per line; nil if there is only one.
  package private(set) var second: JSONError?

  private var isStrict = true

  private static let maxKeys = 10_000

  /// Reads the keys of a text.
  ///
  /// - Returns: nil unless the first visible byte opens an object or an array.
  package init?(of bytes: [UInt8]) {
    var reader = JSONReader(bytes)
    guard reader.opensContainer() else { return nil }
    defer { nonFinite = isStrict ? nil : Self.firstOffence(in: bytes) }
    do throws(JSONError) {
      try walk(&reader, at: "")
      guard reader.hasMore() else { return }
      second = reader.error("more text after the JSON value")
      while reader.opensContainer() { try walk(&reader, at: "") }
      try reader.end()
    } catch {
      offence = error
    }
  }

  /// True if all of these keys occur: `outline.has("version", "runs[].series")`.
  package func has(_ keys: String...) -> Bool {
    keys.allSatisfy(self.keys.contains)
  }

  private static func firstOffence(in bytes: [UInt8]) -> JSONError? {
    var reader = JSONReader(bytes)
    do throws(JSONError) {
      while reader.hasMore() { _ = try reader.value() }
      return nil
    } catch {
      return error
    }
  }

  /// Reads one value. `path` has the keys above it, in the form of ``keys``.
  private mutating func walk(_ reader: inout JSONReader, at path: String) throws(JSONError) {
    if reader.opens("{") {
      try reader.object { (reader, key) throws(JSONError) in
        let path = path.isEmpty ? key : "\(path).\(key)"
        if keys.count < Self.maxKeys { keys.insert(path) }
        try walk(&reader, at: path)
      }
    } else if reader.opens("[") {
      let elements = path + "[]"
      try reader.array { (reader) throws(JSONError) in try walk(&reader, at: elements) }
    } else if reader.takesNonFinite() {
      isStrict = false
    } else {
      try reader.check()
    }
  }
}
