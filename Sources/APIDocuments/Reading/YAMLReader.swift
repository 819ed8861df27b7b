import Languages

/// Reads one YAML document: the core schema of YAML 1.2, keys that are texts, aliases counted as large as what they stand for.
final class YAMLReader {
    /// What an anchor stands for, and how large and how deep it is.
    private struct Anchored {
        let value: DocumentValue
        let values: Int
        let depth: Int
    }

    private let events: YAMLEvents
    private let limits: DocumentLimits
    private var values = 0
    /// The names and indexes of the values that are open.
    private var path: [String] = []
    private var anchors: [String: Anchored] = [:]
    private var openAnchors: Set<String> = []
    /// How deep the value that was read last is.
    private var height = 0

    init(_ bytes: [UInt8], limits: DocumentLimits) {
        events = YAMLEvents(bytes)
        self.limits = limits
    }

    func document() throws(DocumentRefusal) -> DocumentValue {
        _ = try next()
        guard case .documentStart = try next().event else {
            throw malformed("expected a document, found nothing", at: nil)
        }
        let value = try value(of: next())
        _ = try next()
        let (event, place) = try next()
        guard case .end = event else { throw malformed("expected one YAML document, found another after it", at: place) }
        return value
    }

    // MARK: Values

    private func value(of found: (event: YAMLEvents.Event, place: TextPlace)) throws(DocumentRefusal) -> DocumentValue {
        let place = found.place
        switch found.event {
        case .alias(let anchor):
            return try alias(anchor, at: place)
        case .scalar(let scalar, let anchor):
            try count(1, at: place)
            height = 0
            guard let content = scalar.content else {
                throw malformed("expected a value of the core schema, found the tag \(Quotation.of(scalar.tag ?? ""))", at: place)
            }
            guard !scalar.text.utf8.contains(0) else { throw malformed("expected a text, found NUL in it", at: place) }
            let value = DocumentValue(content, at: place)
            if let anchor { anchors[anchor] = Anchored(value: value, values: 1, depth: 0) }
            return value
        case .listStart(let tag, let anchor):
            return try collection(tag, "seq", anchor, at: place) { () throws(DocumentRefusal) in .list(try list()) }
        case .objectStart(let tag, let anchor):
            return try collection(tag, "map", anchor, at: place) { () throws(DocumentRefusal) in .object(try object()) }
        default:
            throw malformed("expected a value", at: place)
        }
    }

    private func collection(
        _ tag: String?, _ kind: String, _ anchor: String?, at place: TextPlace,
        read: () throws(DocumentRefusal) -> DocumentValue.Content
    ) throws(DocumentRefusal) -> DocumentValue {
        guard tag == nil || tag == "!" || tag == YAMLScalar.tagPrefix + kind else {
            throw malformed("expected a value of the core schema, found the tag \(Quotation.of(tag ?? ""))", at: place)
        }
        try checkDepth(1, at: place)
        let before = values
        try count(1, at: place)
        if let anchor { openAnchors.insert(anchor) }
        let value = DocumentValue(try read(), at: place)
        if let anchor {
            openAnchors.remove(anchor)
            anchors[anchor] = Anchored(value: value, values: values - before, depth: height)
        }
        return value
    }

    private func list() throws(DocumentRefusal) -> [DocumentValue] {
        var list: [DocumentValue] = []
        var deepest = 0
        while true {
            let found = try next()
            if case .listEnd = found.event { break }
            path.append(String(list.count))
            list.append(try value(of: found))
            path.removeLast()
            deepest = max(deepest, height)
        }
        height = deepest + 1
        return list
    }

    private func object() throws(DocumentRefusal) -> DocumentObject {
        var object = DocumentObject()
        var merged: [DocumentObject] = []
        var deepest = 0
        while true {
            let (event, place) = try next()
            if case .objectEnd = event { break }
            guard case .scalar(let key, let anchor) = event, !key.text.utf8.contains(0) else {
                throw malformed("expected a key that is a text, found \(Self.name(of: event))", at: place)
            }
            if let anchor { anchors[anchor] = Anchored(value: DocumentValue(.text(key.text), at: place), values: 1, depth: 0) }
            path.append(key.text)
            let value = try value(of: next())
            deepest = max(deepest, height)
            if key.isMergeKey {
                merged += try mergeable(value, at: place)
            } else if !object.append(key.text, value) {
                throw malformed("the key stands in this object twice", at: place)
            }
            path.removeLast()
        }
        height = deepest + 1
        // The object's own members win, then those of the first that is merged (yaml.org/type/merge.html).
        for member in merged.lazy.flatMap(\.members) { _ = object.append(member.name, member.value) }
        return object
    }

    private func mergeable(_ value: DocumentValue, at place: TextPlace) throws(DocumentRefusal) -> [DocumentObject] {
        if let object = value.object { return [object] }
        let objects = value.list?.compactMap(\.object) ?? []
        guard let list = value.list, list.count == objects.count else {
            throw malformed("expected an object or a list of objects to merge, found \(value.kind)", at: place)
        }
        return objects
    }

    private func alias(_ anchor: String, at place: TextPlace) throws(DocumentRefusal) -> DocumentValue {
        guard !openAnchors.contains(anchor) else {
            throw malformed("the alias \(Quotation.of(anchor)) stands inside of what it stands for", at: place)
        }
        guard let anchored = anchors[anchor] else {
            throw malformed("there is no anchor \(Quotation.of(anchor)) before this alias", at: place)
        }
        try count(anchored.values, at: place)
        try checkDepth(anchored.depth, at: place)
        height = anchored.depth
        return anchored.value
    }

    private static func name(of event: YAMLEvents.Event) -> Wording {
        switch event {
        case .alias: "an alias"
        case .listStart: "a list"
        case .objectStart: "an object"
        default: "a NUL"
        }
    }

    // MARK: Limits and messages

    private func next() throws(DocumentRefusal) -> (event: YAMLEvents.Event, place: TextPlace) {
        do throws(YAMLEvents.SyntaxError) {
            return try events.next()
        } catch {
            // The parser looks ahead, and has a limit of its own.
            if error.reason.hasPrefix("Maximum nesting level") { throw tooDeep(at: error.place) }
            throw malformed("this is not YAML: \(Wording(pattern: PlainText.line(error.reason, bytes: 200)))", at: error.place)
        }
    }

    private func count(_ number: Int, at place: TextPlace) throws(DocumentRefusal) {
        values += number
        guard values <= limits.values else {
            throw tooLarge("expected at most \(limits.values) values, aliases written out, found more", at: place)
        }
    }

    private func checkDepth(_ depth: Int, at place: TextPlace) throws(DocumentRefusal) {
        guard path.count + depth <= limits.depth else { throw tooDeep(at: place) }
    }

    private func tooDeep(at place: TextPlace) -> DocumentRefusal {
        tooLarge("expected at most \(limits.depth) objects and lists inside one another, found more", at: place)
    }

    private func malformed(_ reason: Wording, at place: TextPlace?) -> DocumentRefusal {
        .malformed(DocumentProblem(reason, at: JSONPointer(path), place: place))
    }

    private func tooLarge(_ reason: Wording, at place: TextPlace?) -> DocumentRefusal {
        .tooLarge(DocumentProblem(reason, at: JSONPointer(path), place: place))
    }
}
