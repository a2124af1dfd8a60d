import Store
import Testing

@Suite struct StoreLocationTests {
  @Test func `ids of this program are names of files as they are`() {
    let location = StoreLocation(path: "a/store.sqlite")
    #expect(location.runFolder(of: "0123456789abcdef") == "a/store.runs/0123456789abcdef")
    #expect(location.launchLock(of: "0123456789abcdef") == "a/store.runs/0123456789abcdef.lock")
  }

  @Test(arguments: [
    ("../../../victims", "%2e%2e%2f%2e%2e%2f%2e%2e%2fvictims"), (".", "%2e"), ("", "%"),
    ("/etc/passwd00000", "%2fetc%2fpasswd00000"), ("a\0b", "a%0b"),
    ("Ä/\u{338}", "%c3%84%2f%cc%b8"),
  ])
  func `no id leads out of the folder of runs`(id: String, name: String) {
    let location = StoreLocation(path: "a/store.sqlite")
    #expect(location.runFolder(of: id) == "a/store.runs/\(name)")
    #expect(location.launchLock(of: id) == "a/store.runs/\(name).lock")
  }

  @Test(arguments: [
    ("a", ""), ("ab", ""), (".", ""), ("", ""), ("a/", ""), ("a/b", "a"), ("a//b//", "a"),
    ("/", "/"), ("//", "/"), ("/a", "/"), ("//a", "/"), ("/a/b", "/a"), ("a/..", "a"),
    ("ä/\u{301}", "ä"), ("./a", "."),
  ])
  func `the folder that a path lies in is found, however short the path`(
    path: String, folder: String
  ) {
    #expect(path.parentFolder == folder)
  }
}
