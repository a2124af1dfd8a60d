import CommandSupport
import Store

extension StoreOptions {
  /// Opens the store for as long as the body runs.
  func reading<Value>(_ body: (ExperimentStore) throws -> Value) throws -> Value {
    let store = try ExperimentStore(path: path, access: .read)
    let result = Result { try body(store) }
    try store.close()
    return try result.get()
  }

  /// The same for a body that writes: a store is not made where there is none.
  func changing<Value>(_ body: (ExperimentStore) throws -> Value) throws -> Value {
    try reading(body)
  }
}
