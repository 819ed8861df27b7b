// The parser of Yams, without its composer. The composer hashes every key as it goes, keys that are aliases and collections too:
// forty lines of aliases in the place of keys keep it busy for years. Its events come one by one, so that depth and size are
// checked before anything is built. Yams has no product for them, and no other interface to them.
internal import CYaml

/// The events of a YAML text, one after the other.
final class YAMLEvents {
    enum Event {
        case start
        case end
        case documentStart
        case documentEnd
        case alias(anchor: String)
        case scalar(YAMLScalar, anchor: String?)
        case listStart(tag: String?, anchor: String?)
        case listEnd
        case objectStart(tag: String?, anchor: String?)
        case objectEnd
    }

    /// What the parser says of a text that is no YAML.
    struct SyntaxError: Error {
        let reason: String
        let place: TextPlace
    }

    private var parser = yaml_parser_t()
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter bytes: valid UTF-8.
    init(_ bytes: [UInt8]) {
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        yaml_parser_initialize(&parser)
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(&parser)
        input.deallocate()
    }

    /// The next event and where it starts; not to be called after ``Event/end``.
    func next() throws(SyntaxError) -> (event: Event, place: TextPlace) {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
            let reason = parser.problem.map { String(cString: $0) } ?? "not enough memory"
            throw SyntaxError(reason: reason, place: failurePlace)
        }
        defer { yaml_event_delete(&event) }
        return (Self.event(event), Self.place(event.start_mark))
    }

    private var failurePlace: TextPlace {
        // What the reader refuses, such as a control character, has no mark of its own.
        Self.place(parser.error == YAML_READER_ERROR ? parser.mark : parser.problem_mark)
    }

    private static func place(_ mark: yaml_mark_t) -> TextPlace { TextPlace(line: mark.line + 1, column: mark.column + 1) }

    private static func event(_ event: yaml_event_t) -> Event {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(anchor: text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: return .scalar(scalar(event), anchor: text(event.data.scalar.anchor))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return .listStart(tag: text(start.tag), anchor: text(start.anchor))
        case YAML_SEQUENCE_END_EVENT: return .listEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return .objectStart(tag: text(start.tag), anchor: text(start.anchor))
        case YAML_MAPPING_END_EVENT: return .objectEnd
        case YAML_STREAM_START_EVENT: return .start
        default: return .end
        }
    }

    private static func scalar(_ event: yaml_event_t) -> YAMLScalar {
        let scalar = event.data.scalar
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return YAMLScalar(
            text: String(decoding: bytes, as: UTF8.self), tag: text(scalar.tag),
            isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    }

    private static func text(_ pointer: UnsafePointer<UInt8>?) -> String? { pointer.map { String(cString: $0) } }
}
