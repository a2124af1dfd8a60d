import Reports
import Sweeps
import Testing

@Suite struct JSONValueTests {
  @Test func `objects keep their order and non-finite numbers become null`() {
    let value: JSONValue = [
      "b": 1, "a": [1.5, .number(.nan), .number(.infinity)], "c": [:], "d": [], "e": nil,
      "f": "line\n\"end\"", "g": true, "h": .number(3),
    ]
    #expect(
      value.compactText == """
        {"b":1,"a":[1.5,null,null],"c":{},"d":[],"e":null,"f":"line\\n\\"end\\"","g":true,"h":3}
        """)
    #expect(
      JSONValue.object([.init("a", [1, .object([.init("x", "y")])])]).text == """
        {
          "a": [
            1,
            {
              "x": "y"
            }
          ]
        }

        """)
  }

  @Test func `infinite settings are texts`() {
    let setting = SettingValue.mapping(["b": .number(.infinity), "a": .list([.null, .number(2)])])
    #expect(JSONValue(setting).compactText == "{\"a\":[null,2],\"b\":\"inf\"}")
  }
}
