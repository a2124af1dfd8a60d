/// What the site answers to one request.
package struct SiteAnswer: Sendable, Hashable {
  package enum Status: Int, Sendable {
    case done = 200
    case wrongRequest = 400
    case unauthorized = 401
    case forbidden = 403
    case notFound = 404
    case wrongMethod = 405
    case misdirected = 421
    case failed = 500

    var phrase: String {
      switch self {
      case .done: "OK"
      case .wrongRequest: "Bad Request"
      case .unauthorized: "Unauthorized"
      case .forbidden: "Forbidden"
      case .notFound: "Not Found"
      case .wrongMethod: "Method Not Allowed"
      case .misdirected: "Misdirected Request"
      case .failed: "Internal Server Error"
      }
    }
  }

  package let status: Status
  package let type: String
  package let body: String

  package static func text(_ status: Status, _ text: String) -> SiteAnswer {
    SiteAnswer(status: status, type: "text/plain; charset=utf-8", body: text + "\n")
  }

  static func html(_ text: String) -> SiteAnswer {
    SiteAnswer(status: .done, type: "text/html; charset=utf-8", body: text)
  }

  static func json(_ text: String) -> SiteAnswer {
    SiteAnswer(status: .done, type: "application/json", body: text)
  }
}
