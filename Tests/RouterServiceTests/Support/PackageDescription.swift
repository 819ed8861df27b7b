import ChildProcesses
import Foundation
import Testing

/// This package as the package manager understands its manifest.
struct PackageDescription: Decodable {
    struct Target: Decodable {
        let name: String
        let dependencies: [Dependency]
    }

    /// A dependency as `dump-package` writes it: `{"byName": ["Geography", null]}` or `{"product": ["NIOCore", "swift-nio", …]}`.
    struct Dependency: Decodable {
        let byName: [String?]?
        let target: [String?]?
        let product: [String?]?

        private enum CodingKeys: String, CodingKey { case byName, target, product }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            byName = try Self.texts(.byName, in: values)
            target = try Self.texts(.target, in: values)
            product = try Self.texts(.product, in: values)
        }

        private static func texts(_ key: CodingKeys, in values: KeyedDecodingContainer<CodingKeys>) throws -> [String?]? {
            guard values.contains(key) else { return nil }
            var list = try values.nestedUnkeyedContainer(forKey: key)
            var texts: [String?] = []
            while !list.isAtEnd, texts.count < 2 { texts.append(try list.decodeIfPresent(String.self)) }
            return texts
        }
    }

    let targets: [Target]

    /// Asks the package manager, with a build folder of its own so that it does not wait for the one that runs the tests.
    static func load() async throws -> PackageDescription {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "portolan-manifest-\(UUID())")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = try ChildProcess(
            "/usr/bin/env",
            ["swift", "package", "--package-path", try root().path, "--scratch-path", scratch.path, "dump-package"])
        let status = await process.end()
        try #require(status == 0, "\(process.errors)")
        return try JSONDecoder().decode(PackageDescription.self, from: Data(process.output.utf8))
    }

    /// The folder of `Package.swift`, above this file.
    private static func root() throws -> URL {
        var folder = URL(filePath: #filePath)
        repeat {
            folder.deleteLastPathComponent()
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) { return folder }
        } while folder.path != "/"
        throw CocoaError(.fileNoSuchFile)
    }

    /// The targets of this package that a target is built from, itself too, and the packages that they use.
    func closure(of name: String) throws -> (targets: Set<String>, packages: Set<String>) {
        var targets: Set<String> = []
        var packages: Set<String> = []
        var waiting = [name]
        while let next = waiting.popLast() {
            guard targets.insert(next).inserted else { continue }
            let target = try #require(self.targets.first { $0.name == next }, "there is no target \(next)")
            for dependency in target.dependencies {
                if let product = dependency.product {
                    packages.insert((product.last ?? nil)?.lowercased() ?? "a product without a package")
                } else if let name = (dependency.byName ?? dependency.target)?.first ?? nil {
                    waiting.append(name)
                }
            }
        }
        return (targets, packages)
    }
}
