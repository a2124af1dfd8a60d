import CommandSupport
import Sweeps

/// Reads checked settings of a job by name and type.
struct SettingsReader {
  let settings: [String: SettingValue]

  func number(_ name: String) throws -> Double { try value(name, settings[name]?.number) }

  func integer(_ name: String) throws -> Int { try value(name, settings[name]?.integer) }

  func text(_ name: String) throws -> String { try value(name, settings[name]?.text) }

  func list(_ name: String) throws -> [SettingValue] { try value(name, settings[name]?.list) }

  func flag(_ name: String) throws -> Bool { try value(name, settings[name]?.bool) }

  func choice<Value: RawRepresentable<String>>(_ name: String) throws -> Value {
    try value(name, Value(rawValue: text(name)))
  }

  private func value<Value>(_ name: String, _ value: Value?) throws -> Value {
    guard let value else { throw refused(name) }
    return value
  }

  func refused(_ name: String) -> SettingsError {
    SettingsError(
      description: "the setting \(name) is \(settings[name]?.display ?? "missing"), which this "
        + "program cannot train with")
  }
}

/// A setting that passed every check and yet means nothing here.
struct SettingsError: ExitCoded, CustomStringConvertible {
  let description: String
  var commandExit: CommandExit { .usage }
}
