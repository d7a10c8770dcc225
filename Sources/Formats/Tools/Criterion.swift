import Measurements

extension Format {
  /// The directory `target/criterion` that criterion writes.
  ///
  /// Fixtures: criterion 0.3.6, and files of an earlier version from the book
  /// of https://github.com/bheisler/criterion.rs.
  package static let criterion = Format(
    name: "criterion", summary: "criterion's directory `target/criterion`",
    carries: .samples, recognizes: recognizesCriterion, read: readCriterion)
}

@Sendable
private func recognizesCriterion(_ input: Input) -> Bool {
  input.directory.map { !CriterionFolders($0).samples.isEmpty } ?? false
}

/// Reads the samples of the latest run of each benchmark, which is called `new`.
///
/// A benchmark that no longer exists leaves its folder behind, and nothing in the folder says so.
@Sendable
private func readCriterion(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "criterion")
  guard let directory = input.directory else {
    throw input.error(
      "is a file, not a directory",
      hint: "name the directory that criterion wrote: target/criterion")
  }
  let folders = CriterionFolders(directory)
  for benchmark in folders.samples.keys.sorted() {
    let baseline = try folders.baseline(of: benchmark, into: &builder)
    let folder = folders.path(benchmark, baseline)
    let sample = try CriterionFolder(path: folder, directory: directory).sample()
    try builder.add(sample, at: .field(folder + "sample.json"))
  }
  return builder.reading()
}

/// The benchmarks in a directory with their baselines, each of which is a folder.
private struct CriterionFolders {
  /// The names of baselines, by the folder of their benchmark, which is `""` for the
  /// directory itself.
  private(set) var samples: [String: [String]] = [:]

  init(_ directory: Directory) {
    let files = Set(directory.files)
    for file in directory.files where file == "sample.json" || file.hasSuffix("/sample.json") {
      let folder = String(file.dropLast("sample.json".count))
      guard files.contains(folder + "benchmark.json") else { continue }
      var names = folder.split(separator: "/")
      let baseline = names.popLast().map(String.init) ?? ""
      samples[names.joined(separator: "/"), default: []].append(baseline)
    }
  }

  /// The path of a baseline's folder. It ends in `/`, unless it is the directory itself.
  func path(_ benchmark: String, _ baseline: String) -> String {
    [benchmark, baseline].filter { !$0.isEmpty }.map { $0 + "/" }.joined()
  }

  /// The baseline that is read for a benchmark: the latest run, which criterion calls `new`, or the
  /// only baseline.
  func baseline(
    of benchmark: String, into builder: inout ResultBuilder
  ) throws(InputError) -> String {
    let all = samples[benchmark] ?? []
    guard let chosen = all.first(where: { $0 == "new" }) ?? all.first,
      chosen == "new" || all.count == 1
    else {
      throw builder.error(
        "holds the baselines \(all.joined(separator: ", ")), and no latest run, 'new'",
        at: .field(benchmark), hint: "name the folder of one of them, or run the benchmark again")
    }
    if chosen != "new", !chosen.isEmpty {
      builder.warn(
        "there is no latest run, 'new': baseline '\(chosen)' is read", at: .field(benchmark))
    }
    for other in all where other != chosen {
      builder.skip("baseline '\(other)' beside '\(chosen)'", at: .field(path(benchmark, other)))
    }
    return chosen
  }
}

/// The folder of one baseline of one benchmark.
private struct CriterionFolder {
  let path: String
  let directory: Directory

  func sample() throws(InputError) -> CriterionSample {
    let benchmark = try directory.input(at: path + "benchmark.json").jsonNode()
    let sample = try directory.input(at: path + "sample.json").jsonNode()
    return CriterionSample(
      name: try benchmark.member("full_id").string(),
      totals: try Self.list("times", 1, of: sample),
      iterations: try Self.list("iters", 0, of: sample), unit: try unit())
  }

  /// The numbers of a list in a sample. Before version 0.3.4, a sample was
  /// `[[iterations], [times]]` without names.
  private static func list(
    _ name: String, _ index: Int, of sample: JSONNode
  ) throws(InputError) -> [Double] {
    guard case .array = sample.value else { return try sample.member(name).numbers() }
    let lists = try sample.elements()
    guard lists.count == 2 else { throw sample.expected("two lists, of iterations and times") }
    return try lists[index].numbers()
  }

  /// The unit of the sample. Only `raw.csv` in the same folder has it; without that file, the unit
  /// is ns.
  private func unit() throws(InputError) -> String {
    guard directory.files.contains(path + "raw.csv") else { return "ns" }
    return try directory.input(at: path + "raw.csv").table().rows.first?["unit"] ?? "ns"
  }
}
