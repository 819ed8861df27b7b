import Accounts
import Foundation
import GRDB

extension Database {
    func image(_ kind: PortalImage.Kind, of portal: PortalID) throws -> PortalImage? {
        try row("SELECT format, bytes FROM portal_image WHERE portal = ? AND kind = ?", [portal.stored, kind.rawValue]).map {
            let bytes: Data = try $0.value("bytes")
            return PortalImage(stored: Array(bytes), format: try $0.choice("format"))
        }
    }

    func setImage(_ image: PortalImage?, as kind: PortalImage.Kind, of portal: PortalID) throws {
        try run("DELETE FROM portal_image WHERE portal = ? AND kind = ?", [portal.stored, kind.rawValue])
        guard let image else { return }
        try run(
            "INSERT INTO portal_image (portal, kind, format, bytes) VALUES (?, ?, ?, ?)",
            [portal.stored, kind.rawValue, image.format.rawValue, Data(image.bytes)])
    }
}
