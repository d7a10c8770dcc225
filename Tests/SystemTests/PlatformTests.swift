import Foundation
import System
import Testing

@Suite struct PlatformTests {
  @Test("a file is no terminal and has no width")
  func noTerminal() {
    let file = unsafe open("/dev/null", O_RDWR)
    defer { close(file) }
    #expect(!Platform.isTerminal(file))
    #expect(Platform.terminalWidth(file) == nil)
  }

  #if os(Linux)
    @Test(
      "a terminal says how wide it is, unless it does not know",
      .enabled(if: hasPseudoTerminals, "this machine has no pseudo-terminals"))
    func terminal() {
      let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
      defer { close(terminal) }
      #expect(Platform.isTerminal(terminal))
      #expect(Platform.terminalWidth(terminal) == nil)
      var size = winsize(ws_row: 24, ws_col: 123, ws_xpixel: 0, ws_ypixel: 0)
      #expect(unsafe ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
      #expect(Platform.terminalWidth(terminal) == 123)
    }
  #endif

  private static let hasPseudoTerminals = {
    let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    defer { close(terminal) }
    return terminal >= 0
  }()

  @Test("much text arrives whole, through a pipe that does not wait")
  func write() throws {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
    let text = String(repeating: "zeile – line\n", count: 100_000)
    let writer = Thread {
      try? Platform.write(text, to: descriptor)
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let received = try pipe.fileHandleForReading.readToEnd()
    #expect(received == Data(text.utf8))
  }

  @Test("a descriptor that is not open says so")
  func closed() {
    let error = #expect(throws: WriteError.self) { try Platform.write("x", to: -1) }
    #expect(error?.description == "cannot write: bad file descriptor")
    #expect(throws: Never.self) { try Platform.write("", to: -1) }
  }

  @Test("the current directory is a path from the root")
  func currentDirectory() {
    #expect(Platform.currentDirectory == FileManager.default.currentDirectoryPath)
  }
}
