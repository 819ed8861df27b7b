import Accounts
import Foundation
import Testing

@Suite("Images of a portal")
struct PortalImageTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let ico: [UInt8] = [0, 0, 1, 0, 1, 0] + [UInt8](repeating: 1, count: 16)

    private static func image(
        _ bytes: [UInt8], as kind: PortalImage.Kind = .logo, declared: ImageFormat? = nil
    ) throws -> PortalImage { try PortalImage(bytes, as: kind, declared: declared, field: "data") }

    private static func image(svg: String) throws -> PortalImage { try image(Array(svg.utf8)) }

    @Test(
        "an image is what its first bytes say",
        arguments: [
            (png, ImageFormat.png), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg), (Array("GIF89a".utf8), .gif), (Array("GIF87a".utf8), .gif),
            (Array("RIFF\u{1}\u{1}\u{1}\u{1}WEBPVP8 ".utf8), .webp), (ico, .ico), (Array("<svg/>".utf8), .svg),
            (Array("\u{FEFF}<?xml version=\"1.0\"?>\n<!-- made --> <!-- by hand -->\n<svg xmlns=\"x\">".utf8), .svg),
        ])
    func sniffing(bytes: [UInt8], format: ImageFormat) throws {
        #expect(try Self.image(bytes).format == format)
        #expect(try Self.image(bytes, declared: format).format == format)
    }

    @Test(
        "what is no image is refused, whatever it is called",
        arguments: [
            "", "<html><script>alert(1)</script></html>", "<svgx>", "text <svg>", "<!-- <svg> -->", "RIFF    WAVE", "GIF88a",
            "<?xml version=\"1.0\"?><html/>", "BM", "%PDF-1.7", "<!DOCTYPE svg><svg/>",
        ])
    func noImage(text: String) {
        for declared in [nil, ImageFormat.png, .svg] {
            #expect(throws: FieldError.self) { try Self.image(Array(text.utf8), declared: declared) }
        }
    }

    @Test("an image that says that it is of another format is refused, and both are named")
    func declared() {
        #expect(throws: FieldError.invalid("data", "says that it is \("image/png"), but is \("image/svg+xml")")) {
            try Self.image(Array("<svg/>".utf8), declared: .png)
        }
    }

    @Test("a drawing is taken where it only draws")
    func drawing() throws {
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">
            <style>.a { fill: #0b5f7a }</style><defs><path id="p" d="M0 0h8v8z"/></defs>
            <use xlink:href="#p" class="a"/><image href="data:image/png;base64,AAAA"/><title>Once</title></svg>
            """
        #expect(try Self.image(svg: svg).format == .svg)
    }

    @Test(
        "a drawing that does more than draw is refused",
        arguments: [
            "<svg><script>alert(1)</script></svg>", "<svg><SCRIPT href='x'/></svg>", "<svg><s:script xmlns:s='x'/></svg>",
            "<svg onload='alert(1)'/>", "<svg><g\nonclick = \"x\"/></svg>", "<svg/onload=alert(1)>",
            "<svg><a href=\"javascript:alert(1)\"/></svg>", "<svg><foreignObject/></svg>", "<svg><s:foreignObject/></svg>",
            "<svg><image href='https://evil.example/x.png'/></svg>", "<svg><use xlink:href=\"//evil.example/x.svg#a\"/></svg>",
            "<svg><image href='data:image/svg+xml;base64,AAAA'/></svg>", "<svg><style>@import url(//evil.example)</style></svg>",
            "<?xml version='1.0'?><!-- --><svg><!ENTITY a 'b'></svg>", "<svg><?xml-stylesheet href='x'?></svg>",
            "<svg><a href='&#106;avascript:alert(1)'/></svg>",
        ])
    func dangerous(svg: String) {
        #expect(throws: FieldError.self) { try Self.image(svg: svg) }
    }

    @Test("an image may be as large as its kind allows, and not a byte larger", arguments: PortalImage.Kind.allCases)
    func size(kind: PortalImage.Kind) throws {
        let largest = Self.png + [UInt8](repeating: 7, count: kind.maximumBytes - Self.png.count)
        #expect(try Self.image(largest, as: kind).bytes.count == kind.maximumBytes)
        #expect(throws: FieldError.invalid("data", because: .imageTooLarge(maximum: kind.maximumBytes))) {
            try Self.image(largest + [7], as: kind)
        }
    }

    @Test("the name of its file changes with its bytes")
    func name() throws {
        let (one, other) = (try Self.image(Self.png + [1]), try Self.image(Self.png + [2]))
        #expect(one.reference != other.reference)
        let name = one.reference.fileName(as: .logo)
        #expect(name.wholeMatch(of: /logo-[0-9a-f]{32}\.png/) != nil)
    }
}
