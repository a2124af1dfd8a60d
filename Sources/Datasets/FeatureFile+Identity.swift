extension FeatureFile {
  /// Throws where the file is no longer the one that was opened: mapped values would be others
  /// from now on, or be gone.
  ///
  /// New names, owners or permissions are no change, although they give the file a new time.
  package func checkUnchanged() throws(DatasetError) {
    let now: FileIdentity
    do {
      now = try FileIdentity(path: path)
    } catch {
      throw changed("it cannot be found or read any more", underlying: error.underlying)
    }
    if let difference = now.difference(from: identity) { throw changed(difference) }
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
