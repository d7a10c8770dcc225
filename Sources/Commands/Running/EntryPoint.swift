import CommandLine
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs a program for the `main` of an executable.
enum EntryPoint {
  /// Runs a program with this process's environment and streams.
  ///
  /// - Returns: The exit status, for `main` to return. The function must return: the optimizer of
  ///   Swift 6.3 removes the call of the program from functions that never do.
  static func run(
    _ program: Program<some CommonSettings>, _ arguments: ProcessArguments
  ) -> Int32 {
    Platform.fillStandardStreams()
    Platform.settleSignals()
    unsafe Interrupts.ownsProcess = true
    if let number = arguments.broken {
      let diagnostic = Diagnostic(
        .usage, "argument \(number) is no UTF-8 text", hint: "rename what it names, or use `sh -c`")
      diagnostic.lines(as: .error).forEach(stream(2, isOutput: false).line)
      return diagnostic.status.rawValue
    }
    let status = program.run(
      ProcessContext(
        arguments: arguments.texts,
        environment: ProcessInfo.processInfo.environment,
        directory: Platform.currentDirectory ?? ".",
        out: stream(1), err: stream(2, isOutput: false)))
    // The process ends by the signal that it received, so that its sender sees this.
    if status != .success, let signal = Interrupts.signal { Interrupts.die(of: signal) }
    return status.rawValue
  }

  /// A stream. If standard output cannot be written, the process exits with a failure. Errors of
  /// standard error are ignored, so that they affect nothing, least of all what is stored.
  private static func stream(_ descriptor: Int32, isOutput: Bool = true) -> ProcessContext.Stream {
    let width =
      Platform.isTerminal(descriptor) ? Platform.terminalWidth(descriptor) ?? 80 : nil
    return .writing(width: width) { bytes in
      do {
        try Platform.write(bytes, to: descriptor)
      } catch {
        if isOutput { Platform.exit(ExitStatus.failure.rawValue) }
      }
    }
  }
}
