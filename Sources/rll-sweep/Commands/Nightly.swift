import ArgumentParser

extension SweepCommand {
  struct Nightly: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs a sweep again and judges it against its baseline, for cron to call.",
      discussion: """
        rll-sweep nightly FILE… is rll-sweep nightly run FILE…. It says nothing and ends with 0 \
        where all is well, else it says what is not, which cron mails: 2 is a regression, 3 that \
        it cannot judge, 75 that another nightly of the sweep is under way. docs/nightly.md

        Examples:
          rll-sweep nightly sweeps/nightly.yaml
          rll-sweep nightly install sweeps/nightly.yaml --at 02:30 --time-limit 2h
          rll-sweep nightly show
        """,
      subcommands: [
        NightlyRun.self, NightlyInstall.self, NightlyUninstall.self, NightlyShow.self,
      ],
      defaultSubcommand: NightlyRun.self)
  }
}
