import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension ReportCommand {
  struct ExportCheckpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "checkpoint",
      abstract: "Writes the weights of a run as HDF5, safetensors or NumPy.",
      discussion: """
        The name of the file says which: .h5 or .hdf5, .safetensors, .npz, or .npy for a folder \
        with one file for each array. Embeddings are x · weightᵀ + bias of the features x that \
        the steps of dataset.preprocess were applied to, brought to unit length. safetensors are \
        the very bytes of the store; HDF5 has where they come from as attributes.

        Examples:
          rll-report export checkpoint latest -o model.h5
          rll-report export checkpoint 3f2a -o model.npz --checkpoint last
        """)

    @Argument(
      help: ArgumentHelp("A run: its id, four letters or more of it, or latest.", valueName: "run"))
    var name: String
    @Option(name: .shortAndLong, help: "The file to write.")
    var output: String
    @Option(help: "Which weights of the run: best or last.")
    var checkpoint = CheckpointContent.Kind.best
    @Flag(help: "Replace a file that is already there.")
    var force = false
    @OptionGroup var store: StoreOptions

    func run() throws {
      let form = try CheckpointForm(path: output)
      if FileManager.default.fileExists(atPath: output), !force {
        throw ValidationError("\(output) is already there; --force replaces it")
      }
      let weights = try store.reading { try ExportedWeights(of: name, kind: checkpoint, in: $0) }
      try form.write(weights, to: output)
      try StandardOutput.write("\(output)\n")
    }
  }
}

extension CheckpointContent.Kind: ExpressibleByArgument {}
