import Datasets
import Testing

struct HDF5FileTests {
  @Test func `groups, arrays and attributes can be read by name`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("any.h5")
    let writer = try HDF5Writer(path: path)
    try writer.group("/case_000")
    try writer.write(
      doubles: [1.5, -2.5, .infinity, 4], shape: [2, 2], to: "/case_000/embeddings")
    try writer.write(integers: [5, -6], shape: [2], to: "/case_000/labels")
    try writer.write(texts: ["α", "", "Greek/character01"], to: "/names")
    try writer.setAttribute("tag", of: "/case_000", to: "random")
    try writer.setAttribute("levels", of: "/", to: ["low", "λ-high"])
    try writer.finish()

    let file = try HDF5File(path: path)
    #expect(try file.children(of: "/") == ["case_000", "names"])
    #expect(try file.children(of: "/case_000") == ["embeddings", "labels"])
    #expect(try file.kind(of: "/case_000") == .group)
    #expect(try file.kind(of: "/case_000/labels") == .array)
    #expect(try file.kind(of: "/case_001/labels") == nil)
    let embeddings = try file.array("/case_000/embeddings")
    #expect(embeddings.shape == [2, 2] && embeddings.elementType == .float(bits: 64))
    #expect(try embeddings.doubles() == [1.5, -2.5, .infinity, 4])
    #expect(try file.array("/case_000/labels").integers() == [5, -6])
    #expect(try file.array("/names").strings() == ["α", "", "Greek/character01"])
    #expect(try file.attributeNames(of: "/case_000") == ["tag"])
    #expect(try file.text("tag", of: "/case_000") == "random")
    #expect(try file.attribute("levels", of: "/") == .strings(["low", "λ-high"]))
    #expect(try file.attribute("none", of: "/") == nil)
  }

  @Test func `reading the wrong thing is an error that names it`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("any.h5")
    let writer = try HDF5Writer(path: path)
    try writer.write(doubles: [0.5], shape: [1], to: "/x")
    try writer.finish()
    let file = try HDF5File(path: path)
    func text(_ body: () throws -> Void) throws -> String {
      try #require(throws: DatasetError.self, performing: body).description
    }
    #expect(
      try text { _ = try file.array("/y") }
        == "\(path): /y: there is no dataset of this name. Write it, or correct the name.")
    #expect(
      try text { _ = try file.array("/x").integers() }
        == "\(path): /x: the values are float64, not integers. Write integers.")
    #expect(
      try text { _ = try file.array("/x").strings() }
        == "\(path): /x: the values are float64, not text. Write text.")
    #expect(
      try text { _ = try file.number("loss", of: "/x") }
        == "\(path): /x: it has no attribute loss (number). Write the attribute.")
  }

  @Test func `a writer that is not finished leaves nothing behind`() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try HDF5Writer(path: folder.file("half.h5"))
      try writer.write(integers: [1], shape: [1], to: "/x")
      #expect(try folder.contents.count == 1)
    }
    #expect(try folder.contents.isEmpty)
  }
}
