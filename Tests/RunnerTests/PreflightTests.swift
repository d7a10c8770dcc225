import Runner
import System
import Testing

/// What is seen of machines that are not this one.
@Suite("The conditions for measuring")
struct FitnessTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let topic: String
    let files: [String: String]
    let value: String?
    let severity: PreflightWarning.Severity?

    init(
      _ description: String, _ topic: String, _ files: [String: String], sees value: String?,
      _ severity: PreflightWarning.Severity? = nil
    ) {
      testDescription = "\(topic): \(description)"
      self.topic = topic
      self.files = files
      self.value = value
      self.severity = severity
    }
  }

  @Test(
    "are read from what the system says of itself",
    arguments: loads + governors + turbos + supplies + guests + limits + memories)
  func sight(_ example: Case) throws {
    let conditions = Conditions(SystemFiles(example.files), cores: 8)
    let sight = try #require(conditions.sights.first { $0.topic == example.topic })
    #expect(sight.value == example.value)
    #expect(sight.concern?.severity == example.severity, "\(sight)")
  }

  private static let loads =
    ["0.40 1.12 1.12 1/108 26460\n", "4.00 4.00 4.00 9/108 1\n"].map {
      Case(
        "idle: \($0)", "load average", ["/proc/loadavg": $0],
        sees: $0.hasPrefix("4") ? "4.0 on 8 cores" : "0.4 on 8 cores")
    } + [
      Case(
        "busy", "load average", ["/proc/loadavg": "4.01 1.00 0.50 4/600 26460\n"],
        sees: "4.01 on 8 cores", .warning),
      Case(
        "busy until a moment ago", "load average", ["/proc/loadavg": "7.5 1.00 0.50 3/600 26460\n"],
        sees: "7.5 on 8 cores", .note),
      Case(
        "busy, and silent on what runs", "load average", ["/proc/loadavg": "7.5\n"],
        sees: "7.5 on 8 cores", .warning),
      Case(
        "a sandbox that knows nothing", "load average", ["/proc/loadavg": "0.00 0.00 0.00 0/0 0"],
        sees: "0.0 on 8 cores"),
      Case("not there", "load average", [:], sees: nil),
      Case("empty", "load average", ["/proc/loadavg": ""], sees: nil),
      Case("no numbers", "load average", ["/proc/loadavg": "nan nan nan x/y z"], sees: nil),
    ]

  private static func frequency(_ values: [String: String], processor: Int = 0) -> [String: String]
  {
    Dictionary(
      uniqueKeysWithValues: values.map {
        ("/sys/devices/system/cpu/cpu\(processor)/cpufreq/\($0.key)", $0.value + "\n")
      })
  }

  private static let governors = [
    Case("none, as in most virtual machines", "CPU governor", [:], sees: nil),
    Case(
      "as fast as it goes", "CPU governor", frequency(["scaling_governor": "performance"]),
      sees: "performance"),
    Case(
      "a fixed clock", "CPU governor", frequency(["scaling_governor": "userspace"]),
      sees: "userspace"),
    Case(
      "by load", "CPU governor", frequency(["scaling_governor": "schedutil"]), sees: "schedutil",
      .warning),
    Case(
      "the slowest", "CPU governor", frequency(["scaling_governor": "powersave"]),
      sees: "powersave", .warning),
    Case(
      "the processor's own choice, on mains", "CPU governor",
      frequency([
        "scaling_governor": "powersave", "energy_performance_preference": "balance_performance",
      ]), sees: "powersave, preference balance_performance", .note),
    Case(
      "the processor's own choice, saving", "CPU governor",
      frequency(["scaling_governor": "powersave", "energy_performance_preference": "power"]),
      sees: "powersave, preference power", .warning),
    Case(
      "of another processor that may be used", "CPU governor",
      ["/proc/self/status": "Name:\tx\nCpus_allowed_list:\t4-5\n"].merging(
        frequency(["scaling_governor": "performance"], processor: 4)
          .merging(frequency(["scaling_governor": "ondemand"], processor: 5)) { $1 }
      ) { $1 }, sees: "ondemand, performance", .warning),
    Case(
      "of a processor that may not be used", "CPU governor",
      ["/proc/self/status": "Cpus_allowed_list:\t4-5\n"].merging(
        frequency(["scaling_governor": "ondemand"])
      ) { $1 }, sees: nil),
  ]

  private static let turbos = [
    Case("none", "turbo", [:], sees: nil),
    Case(
      "on, Intel", "turbo", ["/sys/devices/system/cpu/intel_pstate/no_turbo": "0\n"], sees: "on",
      .note),
    Case(
      "off, Intel", "turbo", ["/sys/devices/system/cpu/intel_pstate/no_turbo": "1\n"], sees: "off"),
    Case("on", "turbo", ["/sys/devices/system/cpu/cpufreq/boost": "1\n"], sees: "on", .note),
    Case("off", "turbo", ["/sys/devices/system/cpu/cpufreq/boost": "0\n"], sees: "off"),
  ]

  private static func supply(_ name: String, _ values: [String: String]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: values.map {
        ("/sys/class/power_supply/\(name)/\($0.key)", $0.value + "\n")
      })
  }

  private static let supplies = [
    Case("none, as in servers", "power", [:], sees: nil),
    Case(
      "plugged in", "power",
      supply("AC", ["type": "Mains", "online": "1"]).merging(
        supply("BAT0", ["type": "Battery", "status": "Charging"])
      ) { $1 }, sees: "mains"),
    Case(
      "unplugged, whatever the battery says", "power",
      supply("AC", ["type": "Mains", "online": "0"]).merging(
        supply("BAT0", ["type": "Battery", "status": "Unknown"])
      ) { $1 }, sees: "battery", .warning),
    Case(
      "a battery alone, which empties", "power",
      supply("BAT0", ["type": "Battery", "status": "Discharging"]), sees: "battery", .warning),
    Case(
      "a battery alone, full", "power", supply("BAT0", ["type": "Battery", "status": "Full"]),
      sees: "mains"),
    Case(
      "that of a mouse", "power",
      supply("hid", ["type": "Battery", "status": "Discharging", "scope": "Device"]), sees: nil),
  ]

  private static let flags = "processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\n"

  private static let guests = [
    Case("nothing to go by", "virtual machine", [:], sees: nil),
    Case(
      "a real one", "virtual machine",
      ["/proc/cpuinfo": "flags : fpu vme\n", "/sys/class/dmi/id/product_name": "PowerEdge R640\n"],
      sees: "no"),
    Case("a guest", "virtual machine", ["/proc/cpuinfo": flags], sees: "yes", .note),
    Case(
      "a guest with a name", "virtual machine",
      ["/proc/cpuinfo": flags, "/sys/class/dmi/id/sys_vendor": "Amazon EC2\n"],
      sees: "yes, Amazon EC2", .note),
    Case(
      "the same cloud without a hypervisor", "virtual machine",
      ["/proc/cpuinfo": "flags : fpu\n", "/sys/class/dmi/id/sys_vendor": "Amazon EC2\n"], sees: "no"
    ),
    Case(
      "Xen", "virtual machine", ["/sys/hypervisor/type": "xen\n"], sees: "yes, xen", .note),
    Case(
      "ARM, by its board", "virtual machine",
      [
        "/sys/class/dmi/id/product_name": "KVM Virtual Machine",
        "/sys/class/dmi/id/sys_vendor": "QEMU",
      ],
      sees: "yes, QEMU", .note),
    Case(
      "ARM, by its device tree", "virtual machine",
      ["/proc/device-tree/hypervisor/compatible": "linux,kvm\0"], sees: "yes", .note),
  ]

  private static func group(_ path: String, _ files: [String: String]) -> [String: String] {
    files.merging(["/proc/self/cgroup": path + "\n"]) { $1 }
  }

  private static let limits = [
    Case("none", "CPU limit", [:], sees: "none"),
    Case(
      "none, said aloud", "CPU limit",
      group("0::/", ["/sys/fs/cgroup/cpu.max": "max 100000\n"]), sees: "none"),
    Case(
      "half a processor", "CPU limit",
      group("0::/", ["/sys/fs/cgroup/cpu.max": "50000 100000\n"]), sees: "0.5 CPUs of time",
      .warning),
    Case(
      "one and a half", "CPU limit", group("0::/", ["/sys/fs/cgroup/cpu.max": "75000 50000\n"]),
      sees: "1.5 CPUs of time", .note),
    Case(
      "all there are", "CPU limit", group("0::/", ["/sys/fs/cgroup/cpu.max": "800000 100000\n"]),
      sees: "8.0 CPUs of time"),
    Case(
      "of a group further up", "CPU limit",
      group(
        "0::/user.slice/run-1.scope",
        [
          "/sys/fs/cgroup/user.slice/cpu.max": "100000 100000\n",
          "/sys/fs/cgroup/user.slice/run-1.scope/cpu.max": "200000 100000\n",
        ]), sees: "1.0 CPUs of time", .warning),
    Case(
      "of the host's path, seen from a container", "CPU limit",
      group("0::/../docker/4f2a", ["/sys/fs/cgroup/cpu.max": "100000 100000\n"]),
      sees: "1.0 CPUs of time", .warning),
    Case(
      "version 1", "CPU limit",
      group(
        "9:cpuset:/\n4:cpu,cpuacct:/docker/4f2a\n1:name=systemd:/",
        [
          "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "25000\n",
          "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
        ]), sees: "0.25 CPUs of time", .warning),
    Case(
      "version 1, none", "CPU limit",
      group(
        "1:cpu:/",
        [
          "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
          "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        ]), sees: "none"),
    Case(
      "some processors", "CPU limit", ["/proc/self/status": "Cpus_allowed_list:\t0-1,6\n"],
      sees: "3 of 8 CPUs", .note),
    Case(
      "all of them, and some that are not there", "CPU limit",
      ["/proc/self/status": "Cpus_allowed_list:\t0-127\n"], sees: "none"),
    Case(
      "a quota that is no limit on so few", "CPU limit",
      group(
        "0::/",
        [
          "/sys/fs/cgroup/cpu.max": "200000 100000\n",
          "/proc/self/status": "Cpus_allowed_list:\t2-3\n",
        ]), sees: "2.0 CPUs of time, 2 of 8 CPUs", .note),
    Case(
      "no list", "CPU limit", ["/proc/self/status": "Cpus_allowed_list:\t3-x,\n"], sees: "none"),
    Case(
      "nonsense", "CPU limit",
      group(
        "x\n0::\n:::\n0::/a", ["/sys/fs/cgroup/cpu.max": "1 0\n", "/sys/fs/cgroup/a/cpu.max": "x"]),
      sees: "none"),
  ]

  private static func memory(_ available: String, _ total: String) -> [String: String] {
    ["/proc/meminfo": "MemTotal: \(total) kB\nMemFree: 1 kB\nMemAvailable: \(available) kB\n"]
  }

  private static let memories = [
    Case("plenty", "free memory", memory("24174476", "24684092"), sees: "23607 of 24105 MiB"),
    Case("little", "free memory", memory("512000", "16777216"), sees: "500 of 16384 MiB", .warning),
    Case("not said", "free memory", ["/proc/meminfo": "MemTotal: 5 kB\n"], sees: nil),
    Case("beyond all bounds", "free memory", memory("9223372036854775807", "1"), sees: nil),
  ]

  @Test("a machine that says nothing is not accused of anything")
  func silence() {
    let conditions = Conditions(SystemFiles([:]), cores: 8)
    #expect(conditions.concerns.isEmpty)
    #expect(conditions.sights.compactMap(\.value) == ["none"])
  }

  @Test("a concern says what was seen, why it matters and what to do")
  func words() {
    let files = SystemFiles(["/sys/devices/system/cpu/intel_pstate/no_turbo": "0"])
    #expect(
      Conditions(files, cores: 8).concerns.map(\.description) == [
        "turbo is on: the clock depends on the temperature and on other cores "
          + "(`echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo` turns it off)"
      ])
  }

  @Test("this machine has conditions too")
  func here() {
    #expect(Conditions.here().load != nil)
  }
}
