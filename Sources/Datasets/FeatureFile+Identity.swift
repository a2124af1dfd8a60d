extension FeatureFile {
  /// Throws what has changed in the file since it was opened.
  package func checkUnchanged() throws(DatasetError) {
    if let change { throw change }
  }

  /// What makes one of its files another one than that which was opened: mapped values are
  /// others from then on, or gone.
  ///
  /// New names, owners or permissions are no change, although they give a file a new time.
  package var change: DatasetError? {
    pools.flatMap(\.segments).lazy.compactMap { $0.file.change }.first
  }
}

extension HDF5File {
  fileprivate var change: DatasetError? {
    do {
      return try FileIdentity(path: path).difference(from: identity).map { changed($0) }
    } catch {
      return changed("it cannot be found or read any more", underlying: error.underlying)
    }
  }

  private func changed(_ what: String, underlying: String? = nil) -> DatasetError {
    DatasetError(
      .fileChanged, file: path, "the file changed while the job was using it: \(what)",
      advice: "Put the file back and retry, or launch the sweep file again to use the new content",
      underlying: underlying)
  }
}

extension FileIdentity {
  /// What tells the content of a file from that of an earlier look, in words; nil where nothing
  /// does.
  func difference(from earlier: FileIdentity) -> String? {
    if device != earlier.device || inode != earlier.inode {
      return "another file has taken its place"
    }
    if sizeBytes != earlier.sizeBytes {
      return "it has \(sizeBytes) bytes now and had \(earlier.sizeBytes)"
    }
    if modifiedSeconds != earlier.modifiedSeconds
      || modifiedNanoseconds != earlier.modifiedNanoseconds
    {
      return "it was written to"
    }
    return nil
  }
}
