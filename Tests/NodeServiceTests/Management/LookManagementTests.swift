import Accounts
import Foundation
import HTTPTypes
import Testing

@Suite("The look of a portal by the management API")
struct LookManagementTests {
    private static let gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

    private static func path(_ node: TestNode, _ rest: String) -> String { "/v3/portals/\(node.portal.id)/\(rest)" }

    @Test("is the default at first, changes in what is sent, and can be sent back as it was read")
    func customization() async throws {
        try await TestNode.with { node in
            let path = Self.path(node, "customization")
            let fresh = try await node.admin(.get, path)
            #expect(fresh.status == 200)
            #expect(fresh.body == #"{"theme":{"colors":{},"mode":"system"},"welcome":{"text":null,"title":null}}"#)

            let changed = try await node.admin(
                .patch, path, ##"{"theme": {"colors": {"primary": "#07A"}}, "welcome": {"title": "Hi", "text": "a\nb"}}"##)
            let full = ##"{"theme":{"colors":{"primary":"#0077aa"},"mode":"system"},"welcome":{"text":"a\nb","title":"Hi"}}"##
            #expect(changed.status == 200 && changed.body == full)
            #expect(try await node.admin(.patch, path, "{}").body == full)
            #expect(try await node.admin(.put, path, full).body == full)

            let cleared = try await node.admin(
                .patch, path, #"{"theme": {"colors": {"primary": null}}, "welcome": {"title": null}}"#)
            #expect(cleared.body == #"{"theme":{"colors":{},"mode":"system"},"welcome":{"text":"a\nb","title":null}}"#)
            #expect(try await node.admin(.put, path, #"{"css": null, "robots": null}"#).body == fresh.body)
            #expect(try await node.auditEntries().map(\.event.action).filter { $0 == .portalLookChanged }.count == 5)
        }
    }

    @Test(
        "what these pages do not have is 400 and named",
        arguments: [
            (#"{"theme": {"mode": "dark"}}"#, ["theme.mode": "invalid"]),
            (#"{"theme": {"name": "ocean"}}"#, ["theme.name": "invalid"]),
            (#"{"theme": {"colors": {"primary": "red"}}}"#, ["theme.colors.primary": "invalid"]),
            (#"{"theme": {"colors": {"primary": 7}}}"#, ["theme.colors.primary": "is_string"]),
            (#"{"theme": {"colors": {"primary": {"a": {}}}}}"#, ["theme.colors.primary": "is_string"]),
            (##"{"theme": {"colors": {"secondary": "#000"}}}"##, ["theme.colors.secondary": "unknown_property"]),
            (#"{"css": "a{}", "robots": "x", "layout": "y"}"#, ["css": "invalid", "robots": "invalid", "layout": "invalid"]),
            (#"{"menu": {"main": []}, "spec_renderer": {}}"#, ["menu": "invalid", "spec_renderer": "invalid"]),
            (#"{"welcome": {"title": ""}}"#, ["welcome.title": "min_length"]),
            (#"{"welcome": "Hi", "my_property": 1}"#, ["welcome": "is_object", "my_property": "unknown_property"]),
        ])
    func refused(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            for method in [HTTPRequest.Method.put, .patch] {
                let answer = try await node.admin(method, Self.path(node, "customization"), body)
                #expect(answer.status == 400)
                #expect(try answer.invalid() == rules)
            }
        }
    }

    @Test("an image is read as it was sent, raw too, and is gone when it is taken away", arguments: PortalImage.Kind.allCases)
    func images(kind: PortalImage.Kind) async throws {
        try await TestNode.with { node in
            let path = Self.path(node, "assets/\(kind.rawValue)")
            #expect(try await node.admin(.get, path).status == 404)
            #expect(try await node.admin(.get, "\(path)/raw").status == 404)
            #expect(try await node.admin(.delete, path).status == 404)
            let body = #"{"data": "\#(Self.gif)"}"#
            #expect(try await node.admin(.put, path, body).json()["data"] as? String == Self.gif)
            #expect(try await node.admin(.get, path).json()["data"] as? String == Self.gif)
            let raw = try await node.admin(.get, "\(path)/raw")
            #expect(raw.status == 200 && raw.headers[.contentType] == "image/gif")
            #expect(raw.headers[.xContentTypeOptions] == "nosniff")
            #expect(try await node.admin(.delete, path).status == 204)
            #expect(try await node.admin(.get, path).status == 404)
            let entries = try await node.auditEntries().map(\.event).filter { $0.action == .portalLookChanged }
            #expect(entries.map(\.subject) == [kind.rawValue, kind.rawValue])
        }
    }

    @Test("slashes of base 64 may be escaped, and older names of types are understood")
    func forms() async throws {
        try await TestNode.with { node in
            let escaped = Self.gif.replacing("/", with: "\\/")
            #expect(try await node.admin(.put, Self.path(node, "assets/logo"), #"{"data": "\#(escaped)"}"#).status == 200)
            let icon = Data([0, 0, 1, 0, 1, 0] + [UInt8](repeating: 1, count: 16)).base64EncodedString()
            let answer = try await node.admin(
                .put, Self.path(node, "assets/favicon"), #"{"data": "data:image/x-icon;base64,\#(icon)"}"#)
            #expect(try answer.json()["data"] as? String == "data:image/vnd.microsoft.icon;base64,\(icon)")
        }
    }

    @Test(
        "what is no image is 400 and named",
        arguments: [
            (#"{}"#, "required"), (#"{"data": null}"#, "is_string"), (#"{"data": "x"}"#, "invalid"),
            (#"{"data": "data:image/png;base64,R0lGODlh"}"#, "invalid"),
            (#"{"data": "data:text/html;base64,R0lGODlh"}"#, "invalid"),
            (#"{"data": "data:image/gif;base64,R0lGO"}"#, "invalid"), (#"{"data": "data:image/gif,GIF89a"}"#, "invalid"),
            (#"{"data": "data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9J2EnLz4="}"#, "invalid"),
        ])
    func noImage(body: String, rule: String) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.put, Self.path(node, "assets/logo"), body)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == ["data": rule])
        }
    }

    @Test("the largest image is taken, one byte more is 400, and a body far beyond is 413")
    func size() async throws {
        try await TestNode.with { node in
            let limit = PortalImage.Kind.favicon.maximumBytes
            let slashes = Self.body(bytes: limit / 2, filledWith: 0xFF).replacing("/", with: "\\/")
            for (body, status) in [
                (Self.body(bytes: limit, filledWith: 0), 200), (Self.body(bytes: limit + 1, filledWith: 0), 400),
                (Self.body(bytes: 3 * limit, filledWith: 0), 413),
                // Slashes that a client escapes take room in the body, but none in the image.
                (slashes.replacing("image\\/gif", with: "image/gif"), 200),
            ] {
                let answer = try await node.admin(.put, Self.path(node, "assets/favicon"), body)
                #expect(answer.status == status)
            }
        }
    }

    private static func body(bytes count: Int, filledWith byte: UInt8) -> String {
        let bytes = Data("GIF89a".utf8) + Data(repeating: byte, count: count - 6)
        return #"{"data": "data:image/gif;base64,\#(bytes.base64EncodedString())"}"#
    }

    @Test("the look of a portal that is not there is 404")
    func absent() async throws {
        try await TestNode.with { node in
            for path in ["customization", "assets/logo", "assets/favicon/raw"] {
                let answer = try await node.admin(.get, "/v3/portals/\(UUID().uuidString.lowercased())/\(path)")
                #expect(answer.status == 404)
            }
        }
    }
}
