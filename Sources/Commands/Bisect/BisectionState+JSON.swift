import CommandLine
import Git
import Measurements

extension BisectionState {
  /// The content of the file: a line with all but the launches, then a line for each launch.
  var bytes: [UInt8] {
    var bytes = json.line + [UInt8(ascii: "\n")]
    for launch in launches { bytes += launch.line + [UInt8(ascii: "\n")] }
    return bytes
  }

  /// Reads the content of a file.
  ///
  /// - Returns: nil if it is not a whole one of this version.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map { line -> JSONValue? in
      var reader = JSONReader(Array(line))
      return try? reader.value()
    }
    guard let first = lines.first, let head = first, head["count"]?.whole == Int64(lines.count - 1)
    else { return nil }
    self.init(head, launches: lines.dropFirst().map { $0 ?? .null })
  }

  private var json: JSONValue {
    .present([
      "version": .integer(Self.version), "request": request.json, "machine": .string(machine),
      "target": target?.json,
      "sessions": .array(
        sessions.map {
          .present([
            "id": .string($0.id), "startedAt": .string($0.startedAt.description),
            "stored": .bool($0.isStored),
          ])
        }),
      "count": .integer(Int64(launches.count)), "skipped": .array(skipped.map(\.json)),
      "merges": .array(merges.map { .string($0.description) }), "seconds": .number(seconds),
      "end": end.map {
        .present(["status": .integer(Int64($0.status)), "text": .string($0.text)])
      },
    ])
  }

  private init?(_ json: JSONValue, launches lines: [JSONValue]) {
    guard json["version"]?.whole == Self.version,
      let request = json["request"].flatMap(BisectionRequest.init),
      let machine = json["machine"]?.text,
      let sessions = json["sessions"]?.list(Session.init),
      let launches = JSONValue.array(lines).list(MeasuredLaunch.init),
      let skipped = json["skipped"]?.list(SkippedCommit.init),
      let merges = json["merges"]?.list({ $0.text.flatMap(ObjectID.init) }),
      let seconds = json["seconds"]?.double,
      launches.allSatisfy({ sessions.indices.contains($0.session) })
    else { return nil }
    self.init(request: request, machine: machine)
    (self.sessions, self.launches, self.skipped) = (sessions, launches, skipped)
    (self.merges, self.seconds) = (merges, seconds)
    if let target = json["target"] {
      guard let target = BisectionTarget(target) else { return nil }
      self.target = target
    }
    if let end = json["end"] {
      guard let status = end["status"]?.whole.flatMap(Int32.init(exactly:)),
        let text = end["text"]?.text
      else { return nil }
      self.end = End(status: status, text: text)
    }
  }
}

extension BisectionState.Session {
  fileprivate init?(_ json: JSONValue) {
    guard let id = json["id"]?.text, let time = json["startedAt"]?.text.flatMap({ Timestamp($0) })
    else { return nil }
    self.init(id: id, startedAt: time, isStored: json["stored"] == .bool(true))
  }
}

extension BisectionRequest {
  fileprivate var json: JSONValue {
    .present([
      "good": .string(good.description), "bad": .string(bad.description),
      "goodName": .string(goodName), "badName": .string(badName),
      "benchmark": benchmark.map(JSONValue.string), "metric": metric.map(JSONValue.string),
      "suite": suite.map(JSONValue.string), "prepare": prepare.map(JSONValue.string),
      "threshold": threshold.map(JSONValue.number), "confidence": .number(confidence),
      "swapped": .bool(isSwapped), "command": command.map { .array($0.map(JSONValue.string)) },
      "prefix": .string(prefix),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let good = json["good"]?.text.flatMap(ObjectID.init),
      let bad = json["bad"]?.text.flatMap(ObjectID.init), let goodName = json["goodName"]?.text,
      let badName = json["badName"]?.text, let confidence = json["confidence"]?.double,
      (0.5..<1).contains(confidence), let prefix = json["prefix"]?.text
    else { return nil }
    self.init(
      good: good, bad: bad, goodName: goodName, badName: badName,
      benchmark: json["benchmark"]?.text, metric: json["metric"]?.text,
      suite: json["suite"]?.text, prepare: json["prepare"]?.text,
      threshold: json["threshold"]?.double, confidence: confidence,
      isSwapped: json["swapped"] == .bool(true), command: json["command"]?.list(\.text),
      prefix: prefix)
  }
}

extension BisectionTarget {
  fileprivate var json: JSONValue {
    .object([
      "row": row.json, "members": .array(members.map(\.json)), "outcome": .bool(isOutcome),
      "jobs": .array(jobs.map { .integer(Int64($0)) }),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let row = json["row"].flatMap(Series.ID.init),
      let members = json["members"]?.list(Series.ID.init),
      let jobs = json["jobs"]?.list({ $0.whole.flatMap(Int.init(exactly:)) })
    else { return nil }
    self.init(row: row, members: members, isOutcome: json["outcome"] == .bool(true), jobs: jobs)
  }
}

extension Series.ID {
  fileprivate var json: JSONValue {
    .object([
      "benchmark": .string(benchmark.name), "labels": .strings(benchmark.labels),
      "metric": .string(metric),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let name = json["benchmark"]?.text, let metric = json["metric"]?.text,
      case .object(let labels)? = json["labels"]
    else { return nil }
    self.init(
      benchmark: Benchmark(name: name, labels: labels.compactMapValues(\.text)), metric: metric)
  }
}

extension SkippedCommit {
  fileprivate var json: JSONValue {
    .object([
      "commit": .string(commit.description), "reason": .string(reason),
      "details": .array(details.map(JSONValue.string)),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let commit = json["commit"]?.text.flatMap(ObjectID.init),
      let reason = json["reason"]?.text, let details = json["details"]?.list(\.text)
    else { return nil }
    self.init(commit: commit, reason: reason, details: details)
  }
}

extension MeasuredLaunch {
  static func json(
    _ run: Run, _ session: Int, _ batch: Int, _ pair: CommitPair?, _ load: Double?
  ) -> JSONValue {
    .present([
      "run": run.json, "session": .integer(Int64(session)), "batch": .integer(Int64(batch)),
      "pair": pair.map { .array([.string($0.old.description), .string($0.new.description)]) },
      "load": load.map(JSONValue.number),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let run = json["run"].flatMap({ try? Run($0.line) }),
      let commit = run.commit.flatMap(ObjectID.init),
      let session = json["session"]?.whole.flatMap(Int.init(exactly:)),
      let batch = json["batch"]?.whole.flatMap(Int.init(exactly:))
    else { return nil }
    let pair = json["pair"]?.list { $0.text.flatMap(ObjectID.init) }
    self.init(
      run: run, commit: commit, session: session, batch: batch,
      pair: pair.flatMap { $0.count == 2 ? CommitPair(old: $0[0], new: $0[1]) : nil },
      load: json["load"]?.double)
  }
}

extension JSONValue {
  /// An object of those members that are not nil.
  fileprivate static func present(_ members: [String: JSONValue?]) -> JSONValue {
    .object(members.compactMapValues(\.self))
  }

  fileprivate subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

  fileprivate var whole: Int64? { if case .integer(let number) = self { number } else { nil } }

  fileprivate var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  /// The elements of an array; nil if it is none, or if one of them cannot be read.
  fileprivate func list<Element>(_ read: (JSONValue) -> Element?) -> [Element]? {
    guard case .array(let values) = self else { return nil }
    let elements = values.compactMap(read)
    return elements.count == values.count ? elements : nil
  }
}
