/// The names that expressions know, and the jobs as rows under them.
enum SettingColumns {
  private static let columns = SettingsCatalog.spellings.flatMap { spelling in
    spelling.names.map { (name: $0, setting: spelling.setting) }
  }

  static let names = columns.map(\.name)

  static func rows(of jobs: some Sequence<JobDraft>) -> [[SettingValue]] {
    jobs.map { job in columns.map { job.value(of: $0.setting) } }
  }
}
