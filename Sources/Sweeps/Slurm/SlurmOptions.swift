/// How the jobs of a launch are handed to Slurm. No part of a job's key.
package struct SlurmOptions: Sendable, Hashable, Codable {
  package var partition: String?
  package var account: String?
  package var qos: String?
  /// The longest time that an attempt may take, in seconds.
  package var timeSeconds: Double?
  /// Memory of the node for each job.
  package var memoryBytes: Int?
  /// Processors for each job, which uses one.
  package var cpus: Int?
  /// The most jobs of one array that run at a time.
  package var arrayLimit: Int?
  /// The most jobs of one array, where it is not what the cluster says.
  package var maxArray: Int?
  /// Further options of `sbatch`, each with its dashes.
  package var sbatch: [String]?
  /// What the shell of a job does before the job, line by line.
  package var setup: [String]?

  package init() {}

  /// These options, with those of `other` where these say nothing.
  package func filled(from other: SlurmOptions?) -> SlurmOptions {
    guard let other else { return self }
    var result = self
    result.partition = partition ?? other.partition
    result.account = account ?? other.account
    result.qos = qos ?? other.qos
    result.timeSeconds = timeSeconds ?? other.timeSeconds
    result.memoryBytes = memoryBytes ?? other.memoryBytes
    result.cpus = cpus ?? other.cpus
    result.arrayLimit = arrayLimit ?? other.arrayLimit
    result.maxArray = maxArray ?? other.maxArray
    result.sbatch = sbatch ?? other.sbatch
    result.setup = setup ?? other.setup
    return result
  }

  /// The options of a profile: a file with the keys of `resources.slurm` at its top.
  ///
  /// Throws one `SweepError` with everything that is wrong.
  package static func profile(text: String, file: String) throws(SweepError) -> SlurmOptions {
    let source = SourceText(text: text, file: file)
    let root: DocumentNode?
    do throws(SweepDiagnostic) {
      root = try DocumentReader.read(source)
    } catch {
      throw SweepError([error])
    }
    var parser = SweepParser(source: source, paths: [])
    let options = parser.slurm(root)
    guard parser.diagnostics.isEmpty else { throw SweepError(parser.diagnostics) }
    return options
  }
}
