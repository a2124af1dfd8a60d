/// The parts of the page that are files of this module.
enum PageAsset {
  /// In the order in which they run.
  private static let programParts = [
    PackageResources.elements_js, PackageResources.figures_js, PackageResources.filter_js,
    PackageResources.model_js, PackageResources.state_js, PackageResources.headline_js,
    PackageResources.heatmap_js, PackageResources.boxes_js, PackageResources.parallel_js,
    PackageResources.curves_js, PackageResources.nightly_js, PackageResources.scatter_js,
    PackageResources.table_js,
    PackageResources.difference_js, PackageResources.provenance_js, PackageResources.main_js,
    PackageResources.live_js,
  ]

  static var template: String { text(PackageResources.page_html) }
  static var style: String { text(PackageResources.page_css) }
  static var program: String { programParts.map(text).joined(separator: "\n") }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
