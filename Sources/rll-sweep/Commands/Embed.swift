import ArgumentParser
import CommandSupport
import Datasets
import Foundation
import Kernels
import Store

extension SweepCommand {
  struct Embed: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Applies a stored model to features: a file of unit-norm embeddings.",
      discussion: """
        Labels, splits, queries and gallery, names of classes and images are carried over. The \
        level 'features' of the output is the embedding of all levels of the run together; \
        'rll-sweep data evaluate' of it gives the run's own figures. With several levels each \
        has its own embedding beside it.

        Examples:
          rll-sweep embed latest features.h5 -o embeddings.h5
          rll-sweep embed 4f2a new.h5 -o new-embeddings.h5 --checkpoint last
        """)

    @Argument(help: ArgumentHelp("A run by id, or latest.", valueName: "run"))
    var name: String

    @Argument(help: "An HDF5 file with the levels that the run was trained on.")
    var file: String

    @Option(name: .shortAndLong, help: "The file to write.")
    var output: String

    @Option(help: "Which weights of the run: best or last.")
    var checkpoint = CheckpointContent.Kind.best

    @Flag(help: "Replace a file that is already there.")
    var force = false

    @OptionGroup var store: StoreOptions

    func run() throws {
      if FileManager.default.fileExists(atPath: output) {
        guard force else {
          throw ValidationError("\(output) is already there; --force replaces it")
        }
        guard try !isInput(output) else {
          throw ValidationError("\(output) is the file that is read; name another one to write")
        }
      }
      let store = try ExperimentStore(path: store.path, access: .read)
      let model = try RunModel(
        run: name, kind: checkpoint, in: store, blas: try BLASLibrary.load())
      try store.close()
      let signals = StopSignals { _ in }
      let embedder = try FileEmbedder(model, file: try FeatureFile(path: file)) {
        signals.first.map { $0 == SIGTERM ? .terminated : .interrupted }
      }
      try embedder.write(to: output)
      try StandardOutput.write("\(output)\n")
    }

    private func isInput(_ path: String) throws -> Bool {
      let (input, other) = (try FileIdentity(path: file), try FileIdentity(path: path))
      return input.device == other.device && input.inode == other.inode
    }
  }
}

extension CheckpointContent.Kind: ExpressibleByArgument {}
