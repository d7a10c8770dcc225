/// A fenced block of shell, in which every command has a documented status.
struct ShellExample {
  let text: String

  /// The same for `sh -e`: a command succeeds, unless the comment behind it gives another status.
  var script: String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let match = line.wholeMatch(of: /(.*\S) # exits with ([0-9])/) else {
        return String(line)
      }
      let (_, command, status) = match.output
      return """
        (\(command)) && perf_status=0 || perf_status=$?
        [ "$perf_status" = \(status) ] || { echo "error: it exits with $perf_status" >&2; exit 99; }
        """
    }
    return lines.joined(separator: "\n")
  }
}
