import CommandLine
import Git
import History

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CommandContext where Settings: CommonSettings {
  /// Keeps lines that could not be stored.
  ///
  /// - Parameter name: What tells the file from others.
  /// - Returns: The path of the file; nil when not even that could be written, and they went to
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
  /// The same, with how to store the numbers after all.
  ///
  /// - Parameters:
  ///   - file: Where they are; nil when they could only be written to standard output.
  ///   - option: What must be said besides, with a space at its end.
  func withUnstoredRuns(in file: String?, for option: String = "") -> Diagnostic {
    let way =
      file.map { "store the numbers, which are kept, with `perf-record \(option)--import '\($0)'`" }
      ?? "keep the numbers above in a file, and store them with "
      + "`perf-record \(option)--import <file>`"
    return Diagnostic(
      status, message, hint: hint.map { "\($0), then \(way)" } ?? way, details: details)
  }
}
