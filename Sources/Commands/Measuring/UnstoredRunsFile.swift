import CommandLine
import Git
import History

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CommandContext where Settings: CommonSettings {
  /// Writes lines that could not be stored into a file.
  ///
  /// - Parameter name: A name that distinguishes the file from others.
  /// - Returns: The path of the file; nil if it could not be written and the lines went to
  ///   standard output.
  func keepUnstored(_ lines: [RunLine], as name: String, of repository: Repository?) throws
    -> String?
  {
    let text = try BaselineFile.text(of: lines)
    guard let repository else {
      out(text)
      return nil
    }
    do {
      let directory = "\(repository.commonDirectory)/perf"
      let path = "\(directory)/unstored-\(name).json"
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      try OutputFile.write(text, to: path)
      return path
    } catch {
      out(text)
      return nil
    }
  }
}

extension Diagnostic {
  /// The diagnostic with a hint on how to store the numbers later.
  ///
  /// - Parameters:
  ///   - file: The file with the numbers; nil if they could only be written to standard output.
  ///   - option: An option that the command also needs, with a space at its end.
  func withUnstoredRuns(in file: String?, for option: String = "") -> Diagnostic {
    let way =
      file.map { "store the numbers, which are kept, with `perf-record \(option)--import '\($0)'`" }
      ?? "keep the numbers above in a file, and store them with "
      + "`perf-record \(option)--import <file>`"
    return Diagnostic(
      status, message, hint: hint.map { "\($0), then \(way)" } ?? way, details: details)
  }
}
