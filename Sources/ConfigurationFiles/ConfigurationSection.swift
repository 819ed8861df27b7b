import Yams

/// One mapping of a configuration file, from which keys are taken by name and type.
///
/// Every key that is asked for counts as known; ``finish()`` refuses what is left over, so that a misspelt key is never
/// ignored. A reference type, because it remembers what was asked for; it is used by one thread while a file is read.
public final class ConfigurationSection {
    public let source: String
    public let path: [String]
    /// The line on which the section starts.
    public let line: Int?
    private let mapping: Node.Mapping
    private let environment: [String: String]
    private var known: Set<String> = []

    init(source: String, path: [String], mapping: Node.Mapping, environment: [String: String]) {
        self.source = source
        self.path = path
        self.mapping = mapping
        self.environment = environment
        line = mapping.mark?.line
    }

    // MARK: Values

    /// The value of a key, parsed; nil where neither the file nor the environment has it.
    ///
    /// - Parameters:
    ///   - expectation: what a right value is, for the message: "a port from 0 to 65535".
    ///   - parse: returns nil or throws for a wrong value.
    public func optional<Value>(_ key: String, expecting expectation: String, parse: (String) throws -> Value?) throws -> Value? {
        guard let found = try scalar(key, expecting: expectation) else { return nil }
        do {
            if let value = try parse(found.text) { return value }
        } catch {
            throw ConfigurationError(source: found.source, line: found.line, key: fullKey(key), reason: "\(error)")
        }
        throw ConfigurationError(
            source: found.source, line: found.line, key: fullKey(key), reason: "expected \(expectation), found \"\(found.text)\"")
    }

    /// The value of a key that must be there.
    public func required<Value>(_ key: String, expecting expectation: String, parse: (String) throws -> Value?) throws -> Value {
        guard let value = try optional(key, expecting: expectation, parse: parse) else {
            throw missing(key, expecting: expectation)
        }
        return value
    }

    public func string(_ key: String) throws -> String? {
        try optional(key, expecting: "a text") { $0 }
    }

    public func requiredString(_ key: String, expecting expectation: String) throws -> String {
        try required(key, expecting: expectation) { $0.isEmpty ? nil : $0 }
    }

    public func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        try optional(key, expecting: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    public func boolean(_ key: String) throws -> Bool? {
        try optional(key, expecting: "true or false") { Bool($0) }
    }

    /// One of a fixed set of words.
    public func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, of type: Choice.Type = Choice.self) throws
        -> Choice?
    where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return try optional(key, expecting: "one of \(words)") { Choice(rawValue: $0) }
    }

    // MARK: Structure

    /// The section below a key; an empty one where the file has none, so that the environment can still fill it.
    public func section(_ key: String) throws -> ConfigurationSection {
        known.insert(key)
        switch mapping[key] {
        case .mapping(let below): return section(below, at: key)
        case nil: return section(Node.Mapping([]), at: key)
        case .scalar(let scalar) where scalar.isNothing: return section(Node.Mapping([]), at: key)
        case let other?: throw wrong(key, other, expecting: "keys and values below it")
        }
    }

    /// Whether the file has this key at all.
    public func has(_ key: String) -> Bool { mapping[key] != nil }

    /// The sections of a list below a key; none where the key is missing.
    public func sections(_ key: String) throws -> [ConfigurationSection] {
        try sequence(key).enumerated().map { index, node in
            guard case .mapping(let below) = node else { throw wrong("\(key)[\(index)]", node, expecting: "keys and values") }
            return section(below, at: "\(key)[\(index)]")
        }
    }

    /// The values of a list below a key, each parsed; none where the key is missing.
    ///
    /// - Parameters:
    ///   - expectation: what a right value is, for the message.
    ///   - parse: returns nil for a wrong value.
    public func list<Value>(_ key: String, expecting expectation: String, parse: (String) -> Value?) throws -> [Value] {
        try sequence(key).enumerated().map { index, node in
            guard case .scalar(let scalar) = node, let value = parse(scalar.string) else {
                throw wrong("\(key)[\(index)]", node, expecting: expectation)
            }
            return value
        }
    }

    /// Refuses keys that nothing asked for.
    ///
    /// - Throws: ``ConfigurationError`` naming the first unknown key, its line, and the keys that there are.
    public func finish() throws {
        for (node, _) in mapping {
            let key = node.string ?? ""
            guard known.contains(key) else {
                throw ConfigurationError(
                    source: source, line: node.mark?.line, key: fullKey(key),
                    reason: "there is no such key; the keys here are \(known.sorted().joined(separator: ", "))")
            }
        }
    }

    // MARK: Messages

    /// An error at a key of this section, for rules that span several keys.
    public func error(_ key: String, _ reason: String) -> ConfigurationError {
        let node = mapping[key]
        return ConfigurationError(source: source, line: node?.mark?.line ?? line, key: fullKey(key), reason: reason)
    }

    public func missing(_ key: String, expecting expectation: String) -> ConfigurationError {
        ConfigurationError(
            source: source, line: line, key: fullKey(key), reason: "this key is required: expected \(expectation), found nothing")
    }

    private func wrong(_ key: String, _ node: Node, expecting expectation: String) -> ConfigurationError {
        let found =
            switch node {
            case .scalar(let scalar): "\"\(scalar.string)\""
            case .mapping: "keys and values"
            case .sequence: "a list"
            case .alias: "an alias"
            }
        return ConfigurationError(
            source: source, line: node.mark?.line, key: fullKey(key), reason: "expected \(expectation), found \(found)")
    }

    private func fullKey(_ key: String) -> String { (path + [key]).joined(separator: ".") }

    private func section(_ mapping: Node.Mapping, at key: String) -> ConfigurationSection {
        ConfigurationSection(source: source, path: path + [key], mapping: mapping, environment: environment)
    }

    private func sequence(_ key: String) throws -> [Node] {
        known.insert(key)
        switch mapping[key] {
        case .sequence(let list): return Array(list)
        case nil: return []
        case .scalar(let scalar) where scalar.isNothing: return []
        case let other?: throw wrong(key, other, expecting: "a list")
        }
    }

    private struct Scalar {
        let text: String
        let source: String
        let line: Int?
    }

    private func scalar(_ key: String, expecting expectation: String) throws -> Scalar? {
        known.insert(key)
        let variable = ConfigurationFile.variable(for: path + [key])
        if let text = environment[variable] { return Scalar(text: text, source: variable, line: nil) }
        switch mapping[key] {
        case .scalar(let found):
            return found.isNothing ? nil : Scalar(text: found.string, source: source, line: found.mark?.line)
        case nil: return nil
        case let other?: throw wrong(key, other, expecting: expectation)
        }
    }
}
