import CommandLine
import Git
import History
import Measurements

/// `perf-sync note`: notes what a person knows about a run, or takes the note back.
struct RunNote {
  let call: CommandContext<SyncSettings>
  let workspace: Workspace

  /// - Parameters:
  ///   - typed: The id of a run, or its first digits.
  ///   - text: The text of the note; nil with `--undo`.
  func run(_ typed: String, _ text: String?) throws {
    let lookup = try RunLookup(typed, in: workspace)
    let remarks = try lookup.store.remarks()
    remarks.damage.forEach(call.warn)
    let author = try workspace.repository.author.visible(limit: 200)
    if let text {
      try add(text, by: author, lookup)
    } else {
      try takeBack(by: author, lookup, remarks)
    }
    guard call.settings.common.verbosity != .quiet,
      try !workspace.repository.remotes().isEmpty
    else { return }
    call.out.line("others see it after `perf-sync push`")
  }

  private func add(_ text: String, by author: String, _ lookup: RunLookup) throws {
    let remark = try remark(text, by: author)
    let noted = try lookup.only(otherwise: whatBecame(of: lookup))
    guard !noted.isMark else {
      throw Diagnostic(
        .usage, "\(noted.id.short) is a mark and no run",
        hint: "a mark has its own reason; `perf-gate --marks` lists them")
    }
    try lookup.store.add(remark, to: noted.id, pause: Pause.afterLostRace)
    say("noted on \(noted.words); `perf-sync note --undo \(noted.id.short)` takes it back")
  }

  private func remark(_ text: String, by author: String) throws -> RunRemark {
    do throws(RunRemarkError) {
      return try RunRemark(author: author, time: .now, text: text)
    } catch {
      switch error {
      case .empty: throw UsageError("the note has no text", hint: "say what others should know")
      case .notOneLine:
        throw UsageError(
          "the note has a line break or another control character",
          hint: "write it on one line; a second `perf-sync note` adds another")
      case .tooLong(let count):
        throw UsageError(
          "the note has \(count) characters, and the most is \(RunRemark.mostCharacters)",
          hint: "say it shorter, or name the place where it is told at length")
      }
    }
  }

  /// The hint for a run that is not there any more.
  private func whatBecame(of lookup: RunLookup) throws -> String? {
    if let removed = try lookup.store.removals().runs.first(where: { lookup.fits($0.id) }) {
      return "\(removed.id.short) was removed on \(removed.day): \(removed.reason.visible())"
    }
    let successors = Set(
      try lookup.store.successors().filter { lookup.fits($0.key) }.map(\.value))
    return successors.first.map { "it became the summary \($0.short): name that" }
  }

  private func takeBack(
    by author: String, _ lookup: RunLookup, _ remarks: RunRemarks
  ) throws {
    // A run may be gone, and what was noted on it can be taken back all the same.
    let runs = remarks.byRun.keys.filter(lookup.fits)
    guard let run = try runs.count > 1 ? lookup.only().id : runs.first else {
      let noted = try lookup.only(otherwise: whatBecame(of: lookup))
      throw Diagnostic(.usage, "there is no note on \(noted.words)")
    }
    guard
      let remark = try lookup.store.retractRemark(
        of: run, by: author, at: .now, pause: Pause.afterLostRace)
    else {
      throw Diagnostic(
        .usage, "there is no note of \(author) on \(run.short)",
        hint: "only the person who has written a note can take it back",
        details: remarks.byRun[run, default: []].suffix(5).map(\.line))
    }
    say("taken back from \(run.short): \(remark.text.visible(limit: RunRemark.mostCharacters))")
  }

  private func say(_ text: String) {
    if call.settings.common.verbosity != .quiet { call.out.line(text) }
  }
}

extension RunRemark {
  /// The remark with its author and time, for messages.
  var line: String { "\(author.visible(limit: 200)) at \(time): \(text.visible(limit: 200))" }
}
