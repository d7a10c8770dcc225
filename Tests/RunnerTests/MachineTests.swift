import Measurements
import Runner
import Testing

@Suite struct MachineTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let input: String
    let expected: String
    var testDescription: String { expected }

    init(_ input: String, _ expected: String) {
      self.input = input
      self.expected = expected
    }
  }

  static let releases = [
    Case("PRETTY_NAME=\"Debian 12\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"", "Debian 12"),
    Case("NAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nVERSION=\"24.04.1 LTS\"", "Ubuntu 24.04"),
    Case("NAME=\"Fedora Linux\"\nVERSION_ID=41", "Fedora 41"),
    Case("NAME='Rocky Linux'\nVERSION_ID='9.4'", "Rocky 9"),
    Case("NAME=\"Red Hat Enterprise Linux\"\nVERSION_ID=\"9.4\"", "Red Hat Enterprise 9"),
    Case("NAME=\"Alpine Linux\"\nVERSION_ID=3.20.3", "Alpine 3.20"),
    Case("NAME=\"Amazon Linux\"\nVERSION_ID=\"2023\"", "Amazon 2023"),
    Case("NAME=\"Arch Linux\"", "Arch"),
    Case("NAME=\"openSUSE Tumbleweed\"\nVERSION_ID=\"20261120\"", "openSUSE Tumbleweed"),
    Case("# nothing\n\nNAME", "Linux"), Case("", "Linux"),
  ]

  @Test("the operating system is its short name and release", arguments: releases)
  func system(_ release: Case) {
    #expect(Machine.system(osRelease: release.input) == release.expected)
  }

  @Test("macOS is known by its major version")
  func macOS() {
    #expect(Machine.system(name: "macOS", version: "15.3.1") == "macOS 15")
  }

  static let processors = [
    Case(
      "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Xeon(R) CPU @ 2.20GHz\n",
      "Intel(R) Xeon(R) CPU"),
    Case(
      "model name : Intel(R) Core(TM)  i7-9750H   CPU @ 2.60GHz", "Intel(R) Core(TM) i7-9750H CPU"),
    Case(
      "cpu family\t: 25\nmodel name\t: AMD EPYC 7763 64-Core Processor",
      "AMD EPYC 7763 64-Core Processor"),
    Case("processor: 0\nCPU implementer : 0x41\nCPU part : 0xd0c\n", "arch 0x41/0xd0c"),
    Case(
      "CPU implementer : 0x41\nCPU part : 0xd0b\n\nCPU implementer : 0x41\nCPU part : 0xd05\n\n"
        + "CPU implementer : 0x41\nCPU part : 0xd0b\n", "arch 0x41/0xd05 0x41/0xd0b"),
    Case("processor : 0\ncpu : POWER9, altivec supported", "POWER9, altivec supported"),
    Case("cpu model : MIPS 74Kc V5.0", "MIPS 74Kc V5.0"),
    Case("model name :   \n", "arch"), Case("", "arch"),
  ]

  @Test("the processor is its model without the clock", arguments: processors)
  func processor(_ processor: Case) {
    #expect(Machine.processor(cpuinfo: processor.input, arch: "arch") == processor.expected)
  }

  static let kernels = [
    Case("6.1.0-18-amd64", "6.1"), Case("6.18.44-fc-v657", "6.18"), Case("24.3.0", "24.3"),
    Case("6.12-rc3", "6.12"), Case("strange", "strange"),
  ]

  @Test("of the kernel the major and minor version count", arguments: kernels)
  func kernel(_ kernel: Case) {
    #expect(Machine.kernel(release: kernel.input) == kernel.expected)
  }

  @Test("this machine is described, and the same each time")
  func here() {
    let environment = Machine.environment(labels: ["runner": "test"])
    #expect(environment == Machine.environment(labels: ["runner": "test"]))
    #expect(environment.cores >= 1 && environment.memory > 1_000_000)
    #expect(environment.labels == ["runner": "test"])
    for field in [environment.cpu, environment.os, environment.kernel, environment.arch] {
      #expect(!field.isEmpty && !field.contains("\n") && !field.contains("\0"))
    }
    #expect(Machine.environment(key: "mine").key == "mine")
  }
}
