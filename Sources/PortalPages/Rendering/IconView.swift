import Accounts

/// The icon of the browser's tab: the portal's own, or ours.
struct IconView {
    let path: String
    let type: String

    init(_ favicon: PortalImage.Reference?) {
        path = favicon.map { "/assets/\($0.fileName(as: .favicon))" } ?? "/favicon.svg"
        type = (favicon?.format ?? .svg).mediaType
    }
}
