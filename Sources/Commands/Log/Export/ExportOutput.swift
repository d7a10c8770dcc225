import CommandLine
import Formats
import System

/// The place that an export is written to: a file, which appears when it is whole, or standard
/// output.
final class ExportOutput {
  private let file: NewFile?
  private let compressor: GzipCompressor?
  private let stream: ProcessContext.Stream
  private let name: String

  /// - Parameter typed: The file; nil for standard output.
  init(_ typed: String?, _ call: CommandContext<LogSettings>) throws {
    stream = call.out
    guard let typed else {
      (file, compressor, name) = (nil, nil, "")
      return
    }
    name = typed
    try OutputFile.check(call.path(typed), typed: typed)
    do {
      file = try NewFile(OutputFile.target(of: call.path(typed)))
    } catch {
      throw Diagnostic(.failure, "cannot write '\(typed)': \(error)", hint: "name another file")
    }
    compressor = typed.hasSuffix(".gz") ? GzipCompressor() : nil
    guard !typed.hasSuffix(".gz") || compressor != nil else {
      throw Diagnostic(.failure, "no memory to pack '\(typed)'")
    }
  }

  func write(_ bytes: [UInt8]) throws {
    guard let file else { return stream(bytes) }
    try written { () throws(WriteError) in
      try file.write(compressor?.pack(bytes) ?? bytes)
    }
  }

  func finish() throws {
    guard let file else { return }
    try written { () throws(WriteError) in
      if let compressor { try file.write(compressor.pack([], isLast: true)) }
      try file.finish()
    }
  }

  private func written(_ body: () throws(WriteError) -> Void) throws {
    do {
      try body()
    } catch {
      throw Diagnostic(
        .failure, "cannot write '\(name)': \(error.description)",
        hint: "see whether the disk is full")
    }
  }
}
