import System

extension Format {
  /// The format of that name.
  package static func named(_ name: String) -> Format? {
    all.first { $0.name == name }
  }

  /// The one format that recognizes the input.
  ///
  /// - Throws: When none does or several do: a guess could read one tool's summary as another
  ///   tool's samples.
  package static func detect(_ input: Input) throws(InputError) -> Format {
    try detect(input, among: all)
  }

  /// The one of some formats that recognizes the input.
  package static func detect(
    _ input: Input, among formats: [Format]
  ) throws(InputError) -> Format {
    try input.checkReadable()
    guard formats.contains(where: { $0.recognizes(input) }) else {
      throw unrecognized(input, among: formats)
    }
    let beginnings = input.beginnings
    let candidates = formats.filter { beginnings.contains(where: $0.recognizes) }
    guard candidates.count == 1 else { throw ambiguous(input, candidates) }
    return candidates[0]
  }

  /// Other formats of text that a file of this one has lines of, and that are not read with it.
  package func others(in input: Input) -> [Format] {
    guard input.outline == nil, input.file != nil, recognizes(input) else { return [] }
    let beginnings = input.beginnings
    return Self.all.filter { $0.name != name && beginnings.contains(where: $0.recognizes) }
  }

  /// Where the input is JSON that breaks off, that is what to say: its format cannot be known.
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
  /// The input as it is, and from where a text goes on as JSON or XML: somebody may have put the
  /// output of several tools into one file.
  ///
  /// Copied each time, so ask once for all formats.
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
