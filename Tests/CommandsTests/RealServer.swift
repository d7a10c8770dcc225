import Foundation
import TestSupport
import Testing

/// A server of somebody else, on a free port of this machine, in a folder of its own.
final class RealServer {
  private let program: String
  private let arguments: [String]
  private let readiness: [String]
  private var process: Process
  let folder: ScratchDirectory
  let port: Int

  /// - Parameters:
  ///   - command: The program and its arguments, for a folder and a port.
  ///   - readiness: A command that succeeds when it answers.
  init(
    _ command: (_ folder: ScratchDirectory, _ port: Int) throws -> [String],
    readiness: (_ port: Int) -> [String]
  ) throws {
    folder = try ScratchDirectory()
    port = try Self.freePort()
    let command = try command(folder, port)
    (program, arguments) = (command[0], Array(command.dropFirst()))
    self.readiness = readiness(port)
    process = Process()
    try start()
  }

  deinit { stop() }

  func start() throws {
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder.url
    process.environment = Subprocess.cleanEnvironment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
    try folder.write("log", "")
    let log = try FileHandle(forWritingTo: folder.url.appending(path: "log"))
    process.standardOutput = log
    process.standardError = log
    try process.run()
    let end = ContinuousClock.now + .seconds(120)
    while try Subprocess.run("/usr/bin/env", readiness, in: folder.url).status != 0 {
      let log = (try? folder.read("log")) ?? ""
      try #require(process.isRunning && ContinuousClock.now < end, "\(log)")
    }
  }

  /// Ends the server as a crash would.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func stop() {
    guard process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  private static func freePort() throws -> Int {
    let script =
      "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    let port = Int(try Python.run(script).out.trimmingCharacters(in: .whitespacesAndNewlines))
    return try #require(port)
  }

  /// Asks a server on this machine.
  func ask(_ path: String, _ fields: [String] = []) throws -> String {
    let data = fields.flatMap { ["--data-urlencode", $0] }
    let result = try Subprocess.run(
      "/usr/bin/env",
      ["curl", "--silent", "--noproxy", "*"] + data + ["http://127.0.0.1:\(port)\(path)"],
      in: folder.url)
    return result.out
  }
}

extension RealServer {
  static func has(_ program: String) -> Bool { Subprocess.succeeds("command -v \(program)") }

  static func victoriaMetrics() throws -> RealServer {
    try RealServer { folder, port in
      [
        "victoria-metrics", "-storageDataPath=\(folder.path)/data",
        "-httpListenAddr=127.0.0.1:\(port)", "-retentionPeriod=100y",
        "-dedup.minScrapeInterval=1ms",
      ]
    } readiness: { port in
      ["curl", "--silent", "--fail", "--noproxy", "*", "http://127.0.0.1:\(port)/health"]
    }
  }

  static func influxDB() throws -> RealServer {
    let server = try RealServer { folder, port in
      try folder.write(
        "influx.conf",
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:0"
        [meta]
          dir = "\(folder.path)/meta"
        [data]
          dir = "\(folder.path)/data"
          wal-dir = "\(folder.path)/wal"
        [http]
          bind-address = "127.0.0.1:\(port)"
        [ifql]
          enabled = false
        """)
      return ["influxd", "run", "-config", "\(folder.path)/influx.conf"]
    } readiness: { port in
      ["curl", "--silent", "--fail", "--noproxy", "*", "http://127.0.0.1:\(port)/ping"]
    }
    _ = try server.ask("/query", ["q=CREATE DATABASE perf"])
    return server
  }

  /// The folder of PostgreSQL's programs; nil where they are not installed. Debian has them beside
  /// the PATH.
  static let postgreSQLFolder: String? = {
    let script =
      "ls -d /usr/lib/postgresql/*/bin /usr/local/opt/postgresql*/bin 2>/dev/null | tail -1"
    let found = try? Subprocess.run("/bin/sh", ["-c", script], in: URL(filePath: "/"))
    let folder = found?.out.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    return folder.isEmpty ? nil : folder
  }()

  /// A cluster whose passwords are checked: that of `postgres` is `geheim`.
  static func postgreSQL() throws -> RealServer {
    let bin = try #require(postgreSQLFolder)
    // PostgreSQL refuses to run as root. setpriv becomes the server, so that a signal reaches it.
    let user =
      getuid() == 0
      ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : []
    return try RealServer { folder, port in
      try folder.write("password", "geheim\n")
      if getuid() == 0 {
        let owner = try Subprocess.run(
          "/usr/bin/env", ["chown", "-R", "postgres", folder.path], in: folder.url)
        try #require(owner.status == 0, "\(owner.err)")
      }
      let made = try Subprocess.run(
        "/usr/bin/env",
        user + [
          "\(bin)/initdb", "--no-sync", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256", "-U",
          "postgres", "--pwfile", "\(folder.path)/password", "-D", "\(folder.path)/data",
        ], in: folder.url)
      try #require(made.status == 0, "\(made.err)")
      return user + [
        "\(bin)/postgres", "-D", "\(folder.path)/data", "-p", "\(port)", "-c", "fsync=off", "-c",
        "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
      ]
    } readiness: { port in
      ["\(bin)/pg_isready", "-q", "-h", "127.0.0.1", "-p", "\(port)"]
    }
  }
}
