import HTTPConventions
import Testing

@testable import WebPages

@Suite("Forms with files")
struct MultipartFormTests {
    private static func part(_ name: String, _ content: String, file: Bool = false) -> String {
        let type = file ? "; filename=\"a;b.yaml\"\r\nContent-Type: text/yaml" : ""
        return "--xyz\r\nContent-Disposition: form-data; name=\"\(name)\"\(type)\r\n\r\n\(content)\r\n"
    }

    private static func form(_ text: String) throws -> MultipartForm { try MultipartForm(Array(text.utf8), boundary: "xyz") }

    @Test("fields and files are read, line ends and all")
    func reading() throws {
        let form = try Self.form(
            Self.part("name", "Ünï\r\n--xy") + Self.part("file", "a\r\n\r\n--xyy\r\n", file: true) + Self.part("empty", "")
                + Self.part("none", "", file: true) + "--xyz--\r\n")
        #expect(form["name"] == "Ünï\r\n--xy")
        #expect(form.file("file") == Array("a\r\n\r\n--xyy\r\n".utf8))
        #expect(form["empty"] == "" && form["missing"] == "")
        #expect(form.file("none") == nil && form.file("name") == nil)
    }

    @Test(
        "what no browser makes is refused",
        arguments: [
            "", "--xyz", "preamble\r\n" + part("a", "b") + "--xyz--", part("a", "b"), part("a", "b") + "--xyz--epilogue",
            part("a", "b") + part("a", "c") + "--xyz--", part("a", "b") + part("a", "c", file: true) + "--xyz--",
            part("", "b") + "--xyz--", "--xyz\r\nX-Other: 1\r\n\r\nb\r\n--xyz--", "--xyz\r\n\r\nb\r\n--xyz--",
            "--xyz\nContent-Disposition: form-data; name=\"a\"\n\nb\n--xyz--",
            "--xyz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n--xyz--",
        ])
    func refused(text: String) {
        #expect(throws: Problem.self) { try Self.form(text) }
    }

    @Test("text that is no UTF-8 is refused in a field, and kept in a file")
    func bytes() throws {
        let bytes = { (file: Bool) in
            Array(Self.part("a", "", file: file).utf8.dropLast(2)) + [0xFF, 0x0D, 0x0A] + Array("--xyz--".utf8)
        }
        #expect(throws: Problem.self) { try MultipartForm(bytes(false), boundary: "xyz") }
        #expect(try MultipartForm(bytes(true), boundary: "xyz").file("a") == [0xFF])
    }

    @Test("as many fields as may be, and one more")
    func limit() throws {
        let parts = { (count: Int) in (0..<count).map { Self.part("f\($0)", "x") }.joined() + "--xyz--\r\n" }
        #expect(try Self.form(parts(MultipartForm.mostParts))["f0"] == "x")
        #expect(throws: Problem.self) { try Self.form(parts(MultipartForm.mostParts + 1)) }
    }

    @Test("headers of a field may be so long and no longer")
    func headers() throws {
        let head = "Content-Disposition: form-data; name=\"\"\r\n\r\n".utf8.count
        let name = { (length: Int) in String(repeating: "n", count: length - head) }
        let most = name(MultipartForm.mostHeaderBytes)
        #expect(try Self.form(Self.part(most, "x") + "--xyz--")[most] == "x")
        #expect(throws: Problem.self) { try Self.form(Self.part(name(MultipartForm.mostHeaderBytes + 1), "x") + "--xyz--") }
    }
}
