import Foundation
import Store

/// The histories of a run as an event file that TensorBoard reads.
///
/// Records are framed as in a TFRecord file: length, its checksum, content, its checksum; the
/// content is a message `Event` of protocol buffers. Values are float32, as TensorBoard has them.
/// Source: tensorboard/compat/proto/event.proto, summary.proto; record_writer.h of TensorFlow.
package enum EventFile {
  /// The whole file. The store keeps no time of a point; the run's end stands for it.
  package static func file(of run: InterchangeRun, in folder: String) -> InterchangeFile {
    let summary = run.summary
    let moment = summary.finishedAt ?? summary.startedAt ?? summary.createdAt
    let seconds = InterchangeRun.date(moment)?.timeIntervalSince1970 ?? 0
    var content = record(event(seconds: seconds, version: "brain.Event:2"))
    for point in run.history {
      content += record(
        event(seconds: seconds, step: point.step, tag: point.name, value: Float(point.value)))
    }
    return InterchangeFile(
      "\(folder)/events.out.tfevents.\(Int(seconds)).\(summary.id)", content)
  }

  private static func record(_ content: Data) -> Data {
    let length = littleEndian(UInt64(content.count))
    return length + littleEndian(CRC32C.masked(of: length)) + content
      + littleEndian(CRC32C.masked(of: content))
  }

  private static func event(seconds: Double, version: String) -> Data {
    time(seconds) + field(3, Data(version.utf8))
  }

  private static func event(seconds: Double, step: Int, tag: String, value: Float) -> Data {
    // Field 2, a number: the step. Field 5, a message: the summary with one value.
    let value = field(1, Data(tag.utf8)) + Data([2 << 3 | 5]) + littleEndian(value.bitPattern)
    return time(seconds) + Data([2 << 3]) + variable(UInt64(bitPattern: Int64(step)))
      + field(5, field(1, value))
  }

  /// Field 1, eight bytes: the wall time.
  private static func time(_ seconds: Double) -> Data {
    Data([1 << 3 | 1]) + littleEndian(seconds.bitPattern)
  }

  /// A field of bytes, with its length.
  private static func field(_ number: UInt8, _ content: Data) -> Data {
    Data([number << 3 | 2]) + variable(UInt64(content.count)) + content
  }

  /// Seven bits a byte, the lowest first.
  private static func variable(_ value: UInt64) -> Data {
    var (rest, bytes) = (value, Data())
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
    return bytes
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> Data {
    withUnsafeBytes(of: value.littleEndian) { Data($0) }
  }
}
