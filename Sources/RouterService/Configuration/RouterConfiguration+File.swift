import ConfigurationFiles
import Foundation

extension RouterConfiguration {
    /// Reads a `router.yaml` and the topology beside it.
    ///
    /// - Parameters:
    ///   - path: the file; the topology's path is relative to its folder.
    ///   - environment: variables that override keys.
    /// - Throws: `ConfigurationError` naming the file, the line, the key and what was expected.
    public init(contentsOf path: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let text = try TextFile.read(path)
        try self.init(yaml: text, named: path, environment: environment) { reference in
            let topology = TextFile.path(reference, besides: path)
            return (topology, try TextFile.read(topology))
        }
    }
}
