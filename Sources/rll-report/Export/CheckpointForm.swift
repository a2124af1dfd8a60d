import Datasets
import Foundation

/// The forms of files that weights are exported in.
enum CheckpointForm: CaseIterable {
  case hdf5, safetensors, numPyArchive, numPyFolder

  private var extensions: [String] {
    switch self {
    case .hdf5: ["h5", "hdf5"]
    case .safetensors: ["safetensors"]
    case .numPyArchive: ["npz"]
    case .numPyFolder: ["npy"]
    }
  }

  /// The form that a file is named after.
  init(path: String) throws {
    let ending = (path as NSString).pathExtension.lowercased()
    guard let form = Self.allCases.first(where: { $0.extensions.contains(ending) }) else {
      let known = Self.allCases.flatMap(\.extensions).map { "." + $0 }.joined(separator: ", ")
      throw ExportError(
        .unknownForm, "\(path) does not say in which form: let its name end in one of \(known)")
    }
    self = form
  }

  func write(_ weights: ExportedWeights, to path: String) throws {
    switch self {
    case .hdf5: try weights.arrays.writeHDF5(to: path)
    case .safetensors: try ExportFolder.write(weights.content, to: path)
    case .numPyArchive:
      guard let archive = weights.arrays.numPyArchive else {
        throw ExportError(
          .tooLarge,
          "\(path): these weights are more than 4 GiB, which no .npz of this kind holds. "
            + "Write .h5 or .npy")
      }
      try ExportFolder.write(archive, to: path)
    case .numPyFolder:
      for entry in weights.arrays.entries {
        try ExportFolder.write(entry.array.content, to: path + "/" + entry.name + ".npy")
      }
    }
  }
}
