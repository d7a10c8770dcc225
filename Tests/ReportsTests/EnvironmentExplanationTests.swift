import Measurements
import Reports
import Testing

@Suite("What a machine is known by")
struct EnvironmentExplanationTests {
  @Test("is explained field by field, and what was seen of it")
  func environment() throws {
    func explanation(_ machine: Environment, key: String?, labels: String?, concerns: [String])
      -> String
    {
      EnvironmentExplanation(
        machine, key: key, labels: labels, origin: { "origin of \($0)" },
        sights: [
          .init(topic: "load average", value: "0.4 on 2 cores"), .init(topic: "turbo", value: nil),
        ], concerns: concerns
      ).text
    }
    let machine = Example.machine
    #expect(
      explanation(machine, key: nil, labels: "environment.labels in .perfconfig:3", concerns: [])
        == """
        environment  value                from
        key          \(machine.key)     a hash of cpu, cores, os, arch and labels
        cpu          Intel Xeon           origin of cpu, without its clock
        cores        2                    origin of cores
        os           Debian 12            origin of os, without what an update changes
        arch         x86_64               origin of arch
        labels       runner=ubuntu-24.04  environment.labels in .perfconfig:3
        memory       23.5 GiB             origin of memory, not part of the key
        kernel       6.1                  origin of kernel, not part of the key

        fitness       seen
        load average  0.4 on 2 cores
        turbo         nothing to see

        nothing that was seen speaks against measuring here

        """)
    let mine = Environment(
      key: "\u{1B}mine", cpu: "x", cores: 1, memory: 1, os: "y", kernel: "z", arch: "w")
    let text = explanation(
      mine, key: "environment.key in git config", labels: nil, concerns: ["warning: a", "note: b"])
    #expect(text.contains("key          \\u{1B}mine  environment.key in git config, in place of "))
    #expect(text.contains("labels       none        environment.labels, which nobody set\n"))
    #expect(text.hasSuffix("\n\nwarning: a\nnote: b\n"))
  }
}
