import Foundation

/// Searches files for a text in the forms in which data leaks: as it is, in any case, and in base64.
struct CanaryScan {
    let needles: [[UInt8]]

    init(_ canary: String) {
        // Of base64 the middle is the same for each of the three alignments but for its edges.
        let encoded = (0..<3).map { shift in
            let padded = Data(String(repeating: "x", count: shift).utf8) + Data(canary.utf8)
            return Array(padded.base64EncodedString().dropFirst(4).dropLast(4).utf8)
        }
        needles = [Array(canary.lowercased().utf8)] + encoded
    }

    /// The files below these paths that hold it.
    func hits(in paths: [String]) throws -> [String] {
        try paths.flatMap(files).filter { path in
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            let lowered = Data(data.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 })
            return lowered.range(of: Data(needles[0])) != nil || needles.dropFirst().contains { data.range(of: Data($0)) != nil }
        }
    }

    private func files(below path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw NeverHappened(what: "\(path) exists", limit: .zero)
        }
        guard isFolder.boolValue else { return [path] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.map { "\(path)/\($0)" }.filter {
            FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
