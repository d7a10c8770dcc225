/// Which keys a JSON text has, and where it stops being JSON.
///
/// One walk over the bytes answers what every format asks ("is there a `results[].command`?") and
/// what a reader of an error needs (line and field), also where the text is cut off. Values are
/// not kept.
package struct JSONOutline: Hashable, Sendable {
  /// The keys with those above them, `results[].command`; `[].score` in a top-level array. At most
  /// 10,000, for files whose keys are data.
  package internal(set) var keys: Set<String> = []
  /// Where the text stops being JSON.
  package internal(set) var offence: Offence?
  /// The first bare `NaN` or `Infinity`: no JSON, yet some tools write it.
  package internal(set) var nonFinite: Offence?
  /// The second of several values, as in files with one value per line.
  package internal(set) var second: Offence?

  package struct Offence: Error, Hashable, Sendable {
    package let problem: String
    /// Counted from 1.
    package let line: Int
    package let field: String?
    package let text: String?
  }
}

extension JSONOutline {
  /// - Returns: nil unless the first visible byte opens an object or an array.
  package init?(of bytes: [UInt8]) {
    let first = bytes.first { !$0.isJSONSpace }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
    var walk = JSONWalk(bytes)
    self = walk.outline()
  }

  /// Whether all of these keys occur: `outline.has("version", "runs[].series")`.
  package func has(_ keys: String...) -> Bool {
    keys.allSatisfy(self.keys.contains)
  }
}

/// One step from a JSON value into one of its members.
enum JSONStep: Hashable {
  case key(String)
  case index(Int)
}

extension [JSONStep] {
  /// As a reader would write it: `results[3].times[0]`.
  var field: String {
    reduce("") { path, step in
      switch step {
      case .key(let key): path.isEmpty ? key : "\(path).\(key)"
      case .index(let index): "\(path)[\(index)]"
      }
    }
  }
}

extension UInt8 {
  var isJSONSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
