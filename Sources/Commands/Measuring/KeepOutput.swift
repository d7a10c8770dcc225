import CommandLine
import System

/// The option `--keep-output` of all programs that launch commands.
extension Flag where Settings: CommonSettings {
  static func keepOutput(_ field: any Field<Settings, String?>) -> Flag {
    .option(
      "keep-output", .directory, sets: field,
      help: "keep all that failed launches printed, as files in this folder",
      details:
        "it is made if it is missing, and no file in it is written over; a launch that prints more "
        + "than 256 MiB is ended, and no more of it kept. Standard output goes to a file then, "
        + "rather than nowhere, which takes longer")
  }
}

extension CommandContext {
  /// The folder that was typed, ready to be written to; nil if none was.
  ///
  /// - Throws: ``Diagnostic`` if nothing could be kept in it.
  func outputFolder(_ typed: String?) throws -> OutputFolder? {
    guard let typed else { return nil }
    do {
      return try OutputFolder(at: path(typed), name: typed)
    } catch {
      throw Diagnostic(
        .failure, "cannot keep output in '\(typed)': \(error)",
        hint: "name a folder that can be written to, or one that is not there yet")
    }
  }
}

extension Diagnostic {
  /// The diagnostic with the place of the launch's whole output.
  func telling(_ kept: KeptOutput?) -> Diagnostic {
    guard let kept else { return self }
    return Diagnostic(
      status, message, hint: hint.map { "\(kept); \($0)" } ?? "\(kept)", details: details)
  }
}
