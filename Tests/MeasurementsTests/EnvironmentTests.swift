import Measurements
import Testing

@Suite("the environment")
struct EnvironmentTests {
  private func machine(
    key: String? = nil, cpu: String = "Xeon", cores: Int = 2, memory: Int64 = 1,
    os: String = "Debian 12",
    kernel: String = "6.1", arch: String = "x86_64", labels: [String: String] = [:]
  ) -> Environment {
    Environment(
      key: key, cpu: cpu, cores: cores, memory: memory, os: os, kernel: kernel, arch: arch,
      labels: labels)
  }

  /// 64-bit FNV-1a of "Xeon\n2\nDebian 12\nx86_64\n", worked out in Python; a stored key must never
  /// change its value.
  @Test("the key is the same on every machine and in every version")
  func stable() {
    #expect(machine().key == "1ca36eff7b43191e")
    #expect(machine(key: "mine").fingerprint == "1ca36eff7b43191e")
  }

  @Test("memory and kernel come and go without a new key")
  func ignored() {
    #expect(machine(memory: 9, kernel: "6.2").key == machine().key)
    #expect(machine(memory: 9, kernel: "6.2").differences(from: machine()) == [])
  }

  @Test("whatever makes numbers differ makes the key differ, and is named")
  func differing() {
    let others: [(Environment, String)] = [
      (machine(cpu: "EPYC"), "cpu: Xeon / EPYC"), (machine(cores: 4), "cores: 2 / 4"),
      (machine(os: "Debian 13"), "os: Debian 12 / Debian 13"),
      (machine(arch: "arm64"), "arch: x86_64 / arm64"),
      (machine(labels: ["runner": "big"]), "labels: none / runner=big"),
    ]
    for (other, words) in others {
      #expect(other.key != machine().key)
      #expect(other.differences(from: machine()).map(\.description) == [words])
    }
    #expect(Set(others.map(\.0.key)).count == others.count)
  }

  @Test("the order of labels is none")
  func labels() {
    let pairs = [("a", "1"), ("b", "2"), ("c", "3")]
    let one = machine(labels: Dictionary(uniqueKeysWithValues: pairs))
    let other = machine(labels: Dictionary(uniqueKeysWithValues: pairs.reversed()))
    #expect(one.key == other.key)
  }

  @Test("a given key stands before the machine's own")
  func explicit() {
    #expect(machine(key: "mine").key == "mine")
    #expect(
      machine(key: "mine").differences(from: machine(key: "yours")).map(\.description)
        == ["key: yours / mine"])
    #expect(
      machine(key: "mine", cores: 4).differences(from: machine(key: "yours")).map(\.field)
        == ["cores"])
  }
}
