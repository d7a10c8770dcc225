import System

extension Format {
  /// The format with a name.
  package static func named(_ name: String) -> Format? {
    all.first { $0.name == name }
  }

  /// The only format that recognizes an input.
  ///
  /// - Throws: ``InputError`` if no format does, or several do: a guess could read one tool's
  ///   summary as another tool's samples.
  package static func detect(_ input: Input) throws(InputError) -> Format {
    try detect(input, among: all)
  }

  /// The only one of the given formats that recognizes an input.
  package static func detect(
    _ input: Input, among formats: [Format]
  ) throws(InputError) -> Format {
    // A zip file is no text, and one format is such a file.
    if !Zip.packs(input.bytes) { try input.checkReadable() }
    guard formats.contains(where: { $0.recognizes(input) }) else {
      throw unrecognized(input, among: formats)
    }
    let beginnings = input.beginnings
    let candidates = formats.filter { beginnings.contains(where: $0.recognizes) }
    guard candidates.count == 1 else { throw ambiguous(input, candidates) }
    return candidates[0]
  }

  /// Other text formats of which a file of this format also has lines. They are not read with it.
  package func others(in input: Input) -> [Format] {
    guard input.outline == nil, input.file != nil, recognizes(input) else { return [] }
    let beginnings = input.beginnings
    return Self.all.filter { $0.name != name && beginnings.contains(where: $0.recognizes) }
  }

  /// The error for an input that no format recognizes. If the input is broken JSON, it says that,
  /// because the format cannot be known.
  private static func unrecognized(_ input: Input, among formats: [Format]) -> InputError {
    if let offence = input.outline?.offence { return input.error(offence) }
    guard input.directory == nil else {
      return input.error(
        "no folder of results that is known",
        hint: "criterion's is `target/criterion`, asv's `.asv/results`; else name a file")
    }
    return input.error(
      "format not recognized",
      hint: "`perf-record --formats` lists what is read; `--format <name>` says which one it is")
  }

  private static func ambiguous(_ input: Input, _ candidates: [Format]) -> InputError {
    let names = candidates.map(\.name)
    let options = names.map { "`--format \($0)`" }.joined(separator: " or ")
    return input.error(
      "could be any of the formats \(names.joined(separator: ", "))",
      hint: "choose with \(options), or make a file for each tool"
    )
  }
}

extension Input {
  /// The input itself, and the rest of a text from the first line that begins like JSON or XML: the
  /// output of several tools may be in one file.
  ///
  /// The text is copied each time, so callers compute this once for all formats.
  fileprivate var beginnings: [Input] {
    guard outline == nil, let text = file?.text else { return [self] }
    let later = ["\n{", "\n[", "\n<"].compactMap { text.offset(of: $0) }
    return [self]
      + later.map { place in
        let start = text.utf8.index(text.utf8.startIndex, offsetBy: place + 1)
        return Input(name: name, text: String(text[start...]))
      }
  }
}
