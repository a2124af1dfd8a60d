extension GateJudgement {
  /// Whether its sentences hold something that somebody should read although it passes: other
  /// numerics, a cell that is not judged, a weaker gate, a higher cost, or an improvement that asks for a new
  /// baseline.
  package var isRemarkable: Bool {
    !bits.notes.isEmpty || !newCells.isEmpty || !weakenings.isEmpty
      || cost.contains(where: \.isWarning)
      || checks.contains(where: \.isImprovement)
  }
}
