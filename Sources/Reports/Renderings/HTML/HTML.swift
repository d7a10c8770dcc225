import Measurements

/// A page that is being written, so that escaping is in one place.
///
/// It is well-formed XML too. Only a literal of this program can be in it unchanged; text from
/// elsewhere can only be added through ``write(_:limit:)``.
struct HTML {
  /// The page as UTF-8, because that takes a fraction of the time of many small strings.
  private var bytes: [UInt8] = []

  /// A piece of markup: tags, attributes and the rest.
  struct Markup: ExpressibleByStringLiteral {
    fileprivate let text: String

    init(stringLiteral text: String) { self.text = text }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func markup(_ markup: Markup) { bytes.append(contentsOf: markup.text.utf8) }

  /// Writes text that is shown unchanged, in an element or between the quotation marks of an
  /// attribute.
  mutating func write(_ text: String, limit: Int = 500) {
    guard text.utf8.count > limit || !text.utf8.allSatisfy(\.isPlain) else {
      return bytes.append(contentsOf: text.utf8)
    }
    for byte in text.visible(limit: limit).utf8 {
      switch byte {
      case UInt8(ascii: "&"): markup("&amp;")
      case UInt8(ascii: "<"): markup("&lt;")
      case UInt8(ascii: ">"): markup("&gt;")
      case UInt8(ascii: "\""): markup("&quot;")
      default: bytes.append(byte)
      }
    }
  }

  /// Writes a number in an attribute.
  mutating func write(_ number: Int) {
    guard number > 9 else { return bytes.append(contentsOf: "\(number)".utf8) }
    let start = bytes.count
    var rest = number
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    bytes[start...].reverse()
  }
}

extension UInt8 {
  /// True if the character shows as itself everywhere in HTML.
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
    default: (0x20...0x7E).contains(self)
    }
  }
}

extension HTML {
  /// - Parameter attributes: The attributes, with the space before them.
  mutating func element(
    _ name: Markup, _ attributes: Markup = "", _ content: (inout HTML) -> Void
  ) {
    open(name, attributes)
    content(&self)
    close(name)
  }

  mutating func element(_ name: Markup, _ attributes: Markup = "", text: String) {
    open(name, attributes)
    write(text)
    close(name)
  }

  /// Writes an element of several lines.
  mutating func block(_ name: Markup, _ attributes: Markup = "", _ content: (inout HTML) -> Void) {
    open(name, attributes)
    markup("\n")
    content(&self)
    close(name)
    markup("\n")
  }

  /// Writes an element of one line.
  mutating func line(_ name: Markup, _ attributes: Markup = "", _ content: (inout HTML) -> Void) {
    element(name, attributes, content)
    markup("\n")
  }

  mutating func line(_ name: Markup, _ attributes: Markup = "", text: String) {
    line(name, attributes) { $0.write(text) }
  }

  private mutating func open(_ name: Markup, _ attributes: Markup) {
    markup("<")
    markup(name)
    markup(attributes)
    markup(">")
  }

  private mutating func close(_ name: Markup) {
    markup("</")
    markup(name)
    markup(">")
  }
}

extension HTML {
  /// Writes a name from elsewhere; nothing if it is empty.
  mutating func code(_ name: String) {
    guard !name.isEmpty else { return }
    element("code") { $0.write(name, limit: 200) }
  }

  /// Writes a sentence of this program, in which names and words to be typed are between backticks.
  mutating func sentence(_ text: String) {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() where !part.isEmpty {
      if index.isMultiple(of: 2) { write(String(part)) } else { code(String(part)) }
    }
  }
}

extension HTML {
  /// Writes the head of every page: nothing is loaded from elsewhere, and no script runs.
  mutating func pageHead() {
    markup(
      """
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>

      """)
  }
}
