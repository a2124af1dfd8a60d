import Crypto
package import Foundation

/// The file: a weights file whose metadata hold a record of all that is no tensor, and after it
/// the SHA-256 of that.
extension Checkpoint {
  private static let recordName = "checkpoint"
  private static let current = "current."
  private static let selected = "selected."

  /// A double by its bits, as hexadecimal digits: no rounding, and any NaN stays what it is.
  private struct Bits: Codable {
    let value: Double

    init(_ value: Double) {
      self.value = value
    }

    init(from decoder: any Decoder) throws {
      let text = try decoder.singleValueContainer().decode(String.self)
      guard let bits = UInt64(text, radix: 16) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "\(text) are no bits"))
      }
      value = Double(bitPattern: bits)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(String(value.bitPattern, radix: 16))
    }
  }

  private struct Measure: Codable {
    var name: String
    var step: Int
    var value: Bits

    init(_ measured: MeasuredValue) {
      (name, step, value) = (measured.name, measured.step, Bits(measured.value))
    }

    var measured: MeasuredValue { MeasuredValue(name: name, step: step, value: value.value) }
  }

  private struct Interval: Codable {
    var count: Int
    var loss: Bits
    var positives: Bits?
    var negatives: Bits?
  }

  private struct Selection: Codable {
    var step: Int
    var value: Bits?
    var validation: [Measure]
  }

  private struct Version: Decodable {
    var schema: Int
  }

  private struct Record: Codable {
    var schema: Int
    var jobKey: String
    var numericsIdentity: String
    var historyBytes: Int
    var historyDigest: String?
    var wallSeconds: Bits
    var processorSeconds: Bits
    var peakMemoryBytes: Int
    var step: Int
    var interval: Interval
    var validation: [Measure]
    var selection: Selection?
  }

  /// The whole file. Equal checkpoints have equal bytes.
  package var content: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text: String
    do {
      text = String(decoding: try encoder.encode(record), as: UTF8.self)
    } catch {
      preconditionFailure("a checkpoint's record has no JSON: \(error)")
    }
    func renamed(_ tensors: [WeightsFile.Tensor], _ prefix: String) -> [WeightsFile.Tensor] {
      tensors.map { .init(name: prefix + $0.name, shape: $0.shape, values: $0.values) }
    }
    let file = WeightsFile(
      tensors: renamed(state.tensors, Self.current)
        + renamed(state.selection?.tensors ?? [], Self.selected),
      metadata: [Self.recordName: text]
    ).content
    return file + SHA256.hash(data: file)
  }

  private var record: Record {
    let interval = state.interval
    return Record(
      schema: schema, jobKey: jobKey, numericsIdentity: numericsIdentity,
      historyBytes: historyBytes, historyDigest: historyDigest,
      wallSeconds: Bits(wallSeconds), processorSeconds: Bits(processorSeconds),
      peakMemoryBytes: peakMemoryBytes, step: state.step,
      interval: Interval(
        count: interval.count, loss: Bits(interval.loss),
        positives: interval.positives.map(Bits.init),
        negatives: interval.negatives.map(Bits.init)),
      validation: state.validation.map(Measure.init),
      selection: state.selection.map {
        Selection(
          step: $0.step, value: $0.value.map(Bits.init),
          validation: $0.validation.map(Measure.init))
      })
  }

  /// Reads a whole file; one that is damaged or of a newer program is refused.
  package init(content: Data) throws(TrainingError) {
    let digestStart = content.count - SHA256.Digest.byteCount
    guard digestStart >= 0,
      content.dropFirst(digestStart).elementsEqual(
        SHA256.hash(data: content.prefix(digestStart)))
    else { throw TrainingError(.badCheckpoint("its content is damaged")) }
    let file = try WeightsFile(content: content.prefix(digestStart))
    let record = try Self.record(in: file)
    func tensors(_ prefix: String) -> [WeightsFile.Tensor] {
      file.tensors.filter { $0.name.hasPrefix(prefix) }.map {
        .init(
          name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
      }
    }
    var interval = IntervalMeans()
    interval.count = record.interval.count
    interval.loss = record.interval.loss.value
    interval.positives = record.interval.positives?.value
    interval.negatives = record.interval.negatives?.value
    self.init(
      jobKey: record.jobKey, numericsIdentity: record.numericsIdentity,
      state: TrainingState(
        step: record.step, tensors: tensors(Self.current), interval: interval,
        validation: record.validation.map(\.measured),
        selection: record.selection.map {
          TrainingState.Snapshot(
            step: $0.step, value: $0.value?.value, validation: $0.validation.map(\.measured),
            tensors: tensors(Self.selected))
        }),
      historyBytes: record.historyBytes, historyDigest: record.historyDigest,
      wallSeconds: record.wallSeconds.value,
      processorSeconds: record.processorSeconds.value, peakMemoryBytes: record.peakMemoryBytes)
  }

  private static func record(in file: WeightsFile) throws(TrainingError) -> Record {
    let text = Data((file.metadata[recordName] ?? "").utf8)
    do {
      let found = try JSONDecoder().decode(Version.self, from: text).schema
      guard found <= schema else {
        throw TrainingError(
          .badCheckpoint(
            "it was written by a newer rll-sweep (schema \(found), this program knows \(schema))"))
      }
      return try JSONDecoder().decode(Record.self, from: text)
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError(.badCheckpoint("its record cannot be read (\(error))"))
    }
  }
}
