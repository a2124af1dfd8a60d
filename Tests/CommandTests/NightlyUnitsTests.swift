import Foundation
import TestSupport
import Testing

/// `rll-sweep nightly install --systemd`.
struct NightlyUnitsTests {
  private let practice: Practice
  private let crontab: FakeCrontab

  init() throws {
    practice = try Practice()
    crontab = try FakeCrontab()
    try practice.write(Nightly.sweep, to: "nightly.yaml")
  }

  private static let name = "rll-sweep-nightly-practice"

  private func install(_ arguments: String...) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["nightly", "install"] + arguments, in: practice.folder.path,
      environment: crontab.environment)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: practice.folder.file(name), encoding: .utf8)
  }

  @Test func `systemd gets a timer and a service, printed or as files`() throws {
    let printed = try install("nightly.yaml", "--systemd", "--at", "3:15")
    #expect(printed.status == 0, "\(printed.errors)")
    let sweep = practice.folder.file("nightly.yaml")
    let program = try BuiltProgram.folder + "/rll-sweep"
    let store = practice.folder.file("store/experiments.sqlite")
    #expect(
      printed.output == """
        # rll-sweep-nightly-practice.service
        [Unit]
        Description=rll-sweep nightly practice

        [Service]
        Type=oneshot
        ExecStart=\(program) nightly run \(sweep) --store \(store)

        # rll-sweep-nightly-practice.timer
        [Unit]
        Description=Every night at 03:15: rll-sweep nightly practice

        [Timer]
        OnCalendar=*-*-* 03:15:00
        Persistent=true

        [Install]
        WantedBy=timers.target

        """)
    let written = try install(
      "nightly.yaml", "--systemd", "--output", practice.folder.path)
    #expect(written.status == 0, "\(written.errors)")
    let folder = practice.folder.path
    #expect(
      written.output == """
        Written: \(folder)/\(Self.name).service, \(folder)/\(Self.name).timer
        In ~/.config/systemd/user they are yours: systemctl --user daemon-reload, then
        systemctl --user enable --now \(Self.name).timer, and loginctl enable-linger so that nights come \
        while you are logged out.

        """)
    let timer = try text("\(Self.name).timer")
    #expect(timer.contains("OnCalendar=*-*-* 02:30:00\n"))
    #expect(try crontab.content == nil, "systemd's nightly is not cron's")
    let useless = try install("nightly.yaml", "--output", "x")
    #expect(useless.status == 64)
    #expect(
      useless.errors.hasPrefix(
        "error: --output goes with --systemd; the crontab is no file of yours\n"))
  }

  @Test func `a folder that is not there is told how to be made`() throws {
    let ending = try install("nightly.yaml", "--systemd", "--output", "no where")
    #expect(ending.status == 74)
    #expect(
      ending.errors
        == "error: there is no folder no where for the units. Make it first: mkdir -p 'no where'\n")
  }

  @Test func `units of a sweep file are replaced, those of another one are not`() throws {
    let folder = practice.folder.path
    #expect(try install("nightly.yaml", "--systemd", "--output", folder).status == 0)
    let again = try install(
      "./nightly.yaml", "--systemd", "--output", folder, "--at", "04:00", "--store", "b.sqlite")
    #expect(again.status == 0, "\(again.errors)")
    let (service, timer) = (try text("\(Self.name).service"), try text("\(Self.name).timer"))
    #expect(service.hasSuffix(" --store \(folder)/b.sqlite\n"))
    #expect(timer.contains("OnCalendar=*-*-* 04:00:00\n"))

    try practice.write(Nightly.sweep, to: "a copy.yaml")
    let other = try install("a copy.yaml", "--systemd", "--output", folder)
    #expect(other.status == 1)
    let program = try BuiltProgram.folder + "/rll-sweep"
    #expect(
      other.errors
        == "error: \(folder)/\(Self.name).service is there and runs something else: \(program) "
        + "nightly run \(folder)/nightly.yaml --store \(folder)/b.sqlite. Units are named after "
        + "their sweep: give one of the two sweeps another name, or remove that unit first\n")
    #expect(try text("\(Self.name).service") == service)
    #expect(try text("\(Self.name).timer") == timer)

    try practice.write("[Service]\n", to: "\(Self.name).service")
    let unknown = try install("nightly.yaml", "--systemd", "--output", folder)
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains(".service is there and runs something else: nothing. "))
  }
}
