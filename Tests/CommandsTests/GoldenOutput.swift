import Foundation
import TestSupport
import Testing

/// Compares all that programs printed with a reviewed file: `Golden/<file of the test>/<test>.txt`.
///
/// The file has one section for each run: what was typed, standard output, standard error and the
/// status. What differs from one day or machine to the next is replaced by ``OutputNormalizer``.
///
/// With `RECORD_GOLDEN=1` in the environment the file is written anew, and that run fails.
///
/// - Parameters:
///   - results: The runs in the order in which they are shown.
///   - names: Names for texts that differ between runs, such as `["head": <an id>]`: they are in the
///     file in place of the texts, so that it matters which of two ids is printed.
///   - part: What distinguishes several files of one test, such as a case of its table.
func expectGolden(
  _ results: Subprocess..., naming names: [String: String] = [:], part: String? = nil,
  file: String = #filePath,
  function: String = #function, at location: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(results, naming: names, part: part, file: file, function: function, at: location)
}

/// The same for runs in a list.
func expectGolden(
  _ results: [Subprocess], naming names: [String: String] = [:], part: String? = nil,
  file: String = #filePath,
  function: String = #function, at location: SourceLocation = #_sourceLocation
) throws {
  let test = GoldenOutput.test(function)
  let name =
    "\(GoldenOutput.suite(file))/\(test)\(part.map { "-\(GoldenOutput.word($0))" } ?? "").txt"
  let difference = try Golden(beside: file).difference(
    of: GoldenOutput.text(of: results, naming: names), from: name)
  #expect(difference == nil, sourceLocation: location)
}

enum GoldenOutput {
  /// All runs as one text.
  static func text(of results: [Subprocess], naming names: [String: String]) -> String {
    var normalizer = OutputNormalizer(names: names)
    let sections = results.map { result in
      section("$ \(command(of: result))", result.out)
        + section("--- standard error", result.err, isOptional: true)
        + "--- status \(result.status)\n"
    }
    return normalizer.normalized(sections.joined(separator: "\n"))
  }

  /// The name of the folder for the tests of a source file: `Accept` for `AcceptTests.swift`.
  static func suite(_ file: String) -> String {
    URL(filePath: file).deletingPathExtension().lastPathComponent.replacing("Tests", with: "")
  }

  /// The name of a function, without its parameters.
  static func test(_ function: String) -> String { String(function.prefix { $0 != "(" }) }

  /// A text as a part of a file's name.
  static func word(_ text: String) -> String {
    let words = text.split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
    return String(words.joined(separator: "-").prefix(60))
  }

  private static func section(_ heading: String, _ text: String, isOptional: Bool = false) -> String
  {
    if isOptional && text.isEmpty { return "" }
    let end = text.isEmpty || text.hasSuffix("\n") ? "" : "\n(no line break at the end)\n"
    return "\(heading)\n\(text)\(end)"
  }

  /// What a person types for the same.
  private static func command(of result: Subprocess) -> String {
    let name = URL(filePath: result.program).lastPathComponent
    return ((name == "env" ? [] : [name]) + result.arguments).map(quoted).joined(separator: " ")
  }

  /// A word as a shell reads it.
  private static func quoted(_ word: String) -> String {
    word.wholeMatch(of: /[A-Za-z0-9_.,:=\/@%+~<>^-]+/) != nil
      ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
