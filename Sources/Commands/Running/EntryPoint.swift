import CommandLine
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The way from an executable's `main` into a program, and back.
enum EntryPoint {
  /// Runs a program with this process's environment and streams.
  ///
  /// - Returns: The exit status. `main` returns it: of functions that never return, the optimizer of
  ///   Swift 6.3 leaves out the call of the program.
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
    // Whoever sent a signal sees that it was that which ended the program.
    if status != .success, let signal = Interrupts.signal { Interrupts.die(of: signal) }
    return status.rawValue
  }

  /// What cannot be written to standard output is a failure; what cannot be said on standard error
  /// changes nothing, least of all what is stored.
  private static func stream(_ descriptor: Int32, isOutput: Bool = true) -> ProcessContext.Stream {
    let width =
      Platform.isTerminal(descriptor) ? Platform.terminalWidth(descriptor) ?? 80 : nil
    return ProcessContext.Stream(width: width) { text in
      do {
        try Platform.write(text, to: descriptor)
      } catch {
        if isOutput { Platform.exit(ExitStatus.failure.rawValue) }
      }
    }
  }
}
