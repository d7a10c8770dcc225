import Git
import Measurements
import Reports
import Statistics

/// The text of `perf-bisect --log`: what was measured so far, and the answer.
struct BisectionLog {
  let state: BisectionState
  let repository: Repository

  var text: String {
    get throws {
      let request = state.request
      var lines = [
        "bisection of \(request.goodName.visible()) (\(request.good.short)) .. "
          + "\(request.badName.visible()) (\(request.bad.short)), \(Self.count(state.sessions.count, "session")), "
          + "\(Self.count(state.launches.count, "launch", "launches")), \(Int(state.seconds.rounded())) s"
      ]
      if let target = state.target {
        lines.append(
          "follows \(target.row.metric.visible()) of '\(target.row.benchmark.description.visible())'"
        )
      }
      lines += try measured()
      for one in state.skipped {
        lines.append("skipped \(one.commit.short): \(one.reason.visible(limit: 200))")
        lines += one.details.map { "  | \($0.visible(limit: 500))" }
      }
      lines += state.merges.map { "looked into the merge \($0.short)" }
      let end = state.end.map { "\nended with status \($0.status)\n\($0.text)" }
      return lines.joined(separator: "\n") + "\n"
        + (end ?? "not ended: `perf-bisect --resume` goes on\n")
    }
  }

  /// A line for each measured commit, in the order in which they were first measured.
  private func measured() throws -> [String] {
    var order: [ObjectID] = []
    var own: [ObjectID: [MeasuredLaunch]] = [:]
    for launch in state.launches {
      if own[launch.commit] == nil { order.append(launch.commit) }
      own[launch.commit, default: []].append(launch)
    }
    return try order.map { id in
      let launches = own[id] ?? []
      let subject = try repository.subject(of: id).visible(limit: 50)
      return
        "\(id.short)  \(Self.count(launches.count, "launch", "launches"))\(level(of: launches))  \(subject)"
    }
  }

  private func level(of launches: [MeasuredLaunch]) -> String {
    guard let target = state.target,
      let sample = try? Sample(launches.flatMap { $0.values(of: target) }),
      let unit = launches.flatMap(\.run.series).first(where: { target.members.contains($0.id) })?
        .metric.unit
    else { return "" }
    let value = target.isOutcome ? sample.values.reduce(0, +) / Double(sample.count) : sample.median
    return ", \(target.isOutcome ? "rate" : "median") \(Scale(unit, for: [value]).text(value))"
  }

  private static func count(_ number: Int, _ one: String, _ several: String? = nil) -> String {
    "\(number) \(number == 1 ? one : several ?? one + "s")"
  }
}
