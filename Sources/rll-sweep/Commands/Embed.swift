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
          rll-sweep embed 4f2a train.h5 --test test.h5 -o embeddings.h5

        Files are read as the run reads its own (dataset.keys, labels and split) where --set \
        does not say otherwise. Rows without labels are embedded too.
        """)

    @Argument(help: ArgumentHelp("A run by id, or latest.", valueName: "run"))
    var name: String

    @OptionGroup var features: FeatureFileOptions

    @Option(name: .shortAndLong, help: "The file to write.")
    var output: String

    @Option(help: "Which weights of the run: best or last.")
    var checkpoint = CheckpointContent.Kind.best

    @Flag(help: "Replace a file that is already there.")
    var force = false

    @OptionGroup var store: StoreOptions

    func run() throws {
      try checkOutput()
      let store = try ExperimentStore(path: store.path, access: .read)
      let run = try RunModel(
        run: name, kind: checkpoint, in: store, blas: try BLASLibrary.load())
      try store.close()
      let sources = try features.sources(readAs: run.summary.settings)
      guard sources.count == 1 else {
        throw ValidationError(
          "one output holds one set of features, and these are \(sources.count); --shards makes "
            + "them one")
      }
      let input = try EmbeddingInput(sources[0])
      let signals = StopSignals { _ in }
      let embedder = try FileEmbedder(run, input: input) {
        signals.first.map { $0 == SIGTERM ? .terminated : .interrupted }
      }
      try embedder.write(to: output)
      if !input.hasLabels {
        Diagnostics.write(
          "note: \(input.path) has no labels, so \(output) has none: it can be neither trained on "
            + "nor evaluated")
      }
      try StandardOutput.write("\(output)\n")
    }

    private func checkOutput() throws {
      guard FileManager.default.fileExists(atPath: output) else { return }
      guard force else {
        throw ValidationError("\(output) is already there; --force replaces it")
      }
      let other = try FileIdentity(path: output)
      let inputs = features.files + [features.test].compactMap(\.self)
      for file in inputs where FileManager.default.fileExists(atPath: file) {
        let input = try FileIdentity(path: file)
        if input.device == other.device, input.inode == other.inode {
          throw ValidationError("\(output) is a file that is read; name another one to write")
        }
      }
    }
  }
}

extension CheckpointContent.Kind: ExpressibleByArgument {}
