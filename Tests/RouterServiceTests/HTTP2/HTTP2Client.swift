import NIOCore
import NIOHPACK

/// A client that sends the frames that a test gives it, and sorts what comes back by streams.
actor HTTP2Client {
    struct Answer: Sendable {
        var interim: [String] = []
        var fields: [(name: String, value: String)] = []
        var body: [UInt8] = []
        var isComplete = false
        /// The code of a RST_STREAM frame.
        var reset: Int?

        var status: String? { self[":status"] }
        var text: String { String(decoding: body, as: UTF8.self) }

        subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    }

    struct Closed: Error {}

    static let largestWindow = (1 << 31) - 1

    nonisolated let connection: TestClient
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
    private var answers: [Int: Answer] = [:]
    private var goAways: [(last: Int, code: Int)] = []
    /// What came and was not read.
    private var unread: [UInt8] = []
    private var unreadStart = 0
    private var settings: [Int: Int] = [:]
    private var windows = [0: 65_535]
    /// Bytes of bodies that the router's windows have let go.
    private(set) var uploaded = 0

    init(connection: TestClient) { self.connection = connection }

    /// Says what a client says first, with windows that never close.
    func open(window: Int = largestWindow) async throws {
        try await connection.send(
            HTTP2Frames.preface + HTTP2Frames.settings([(4, window)])
                + HTTP2Frames.windowUpdate(0, Self.largestWindow - 65_535))
    }

    func send(_ frames: [UInt8]...) async throws { try await connection.send(Array(frames.joined())) }

    // MARK: What came

    /// Waits for the whole answer on a stream, or its reset.
    func answer(_ stream: Int = 1) async throws -> Answer {
        while true {
            if let answer = answers[stream], answer.isComplete || answer.reset != nil { return answer }
            try await readFrame()
        }
    }

    /// Waits until an answer has so much.
    func answer(_ stream: Int = 1, when isEnough: (Answer) -> Bool) async throws -> Answer {
        while true {
            if let answer = answers[stream], isEnough(answer) { return answer }
            try await readFrame()
        }
    }

    /// Waits for the router's farewell of a number, counted from zero.
    func goAway(_ index: Int = 0) async throws -> (last: Int, code: Int) {
        while goAways.count <= index { try await readFrame() }
        return goAways[index]
    }

    func setting(_ id: Int) async throws -> Int {
        while true {
            if let value = settings[id] { return value }
            try await readFrame()
        }
    }

    /// Reads until the router ends the connection.
    func end() async throws {
        do { while true { try await readFrame() } } catch is Closed {}
    }

    /// Sends a body as fast as the router's windows allow.
    func upload(_ bytes: Int, on stream: Int) async throws {
        var rest = bytes
        if windows[stream] == nil { windows[stream] = 65_535 }
        while rest > 0 {
            let length = min(rest, 16_384, windows[0, default: 0], windows[stream, default: 0])
            guard length > 0 else {
                try await readFrame()
                continue
            }
            rest -= length
            uploaded += length
            windows[0, default: 0] -= length
            windows[stream, default: 0] -= length
            let piece = [UInt8](repeating: UInt8(ascii: "x"), count: length)
            try await send(HTTP2Frames.frame(.data, flags: rest == 0 ? HTTP2Frames.endStream : 0, stream: stream, piece))
        }
    }

    private func readFrame() async throws {
        while true {
            if let frame = nextFrame() {
                return try await take(
                    HTTP2Frames.Kind(rawValue: frame[3]), flags: frame[4], stream: Self.number(frame[5..<9]), frame.dropFirst(9))
            }
            let more = try await connection.inbox.value { inbox throws -> [UInt8]? in
                guard inbox.bytes.isEmpty else {
                    defer { inbox.bytes = [] }
                    return inbox.bytes
                }
                if inbox.isClosed { throw Closed() }
                return nil
            }
            unread.removeFirst(unreadStart)
            unreadStart = 0
            unread += more
        }
    }

    /// The next frame of what came; what was read stays until more comes, because taking it off costs as much as what is left.
    private func nextFrame() -> [UInt8]? {
        let rest = unread[unreadStart...]
        guard rest.count >= 9 else { return nil }
        let length = 9 + Self.number(rest.prefix(3))
        guard rest.count >= length else { return nil }
        unreadStart += length
        return Array(rest.prefix(length))
    }

    private func take(_ kind: HTTP2Frames.Kind?, flags: UInt8, stream: Int, _ payload: ArraySlice<UInt8>) async throws {
        switch kind {
        case .headers: try takeFields(stream, payload)
        case .data: answers[stream, default: Answer()].body += payload
        case .reset: answers[stream, default: Answer()].reset = Self.number(payload)
        case .settings where flags & HTTP2Frames.ack == 0:
            for start in stride(from: payload.startIndex, to: payload.endIndex, by: 6) {
                settings[Self.number(payload[start..<(start + 2)])] = Self.number(payload[(start + 2)..<(start + 6)])
            }
            try? await send(HTTP2Frames.frame(.settings, flags: HTTP2Frames.ack))
        case .goAway: goAways.append((Self.number(payload.prefix(4)), Self.number(payload.dropFirst(4).prefix(4))))
        case .windowUpdate: windows[stream, default: 65_535] += Self.number(payload)
        default: break
        }
        if kind == .headers || kind == .data, flags & HTTP2Frames.endStream != 0 { answers[stream]?.isComplete = true }
    }

    private func takeFields(_ stream: Int, _ payload: ArraySlice<UInt8>) throws {
        var buffer = ByteBuffer(bytes: payload)
        let fields = try decoder.decodeHeaders(from: &buffer).map { (name: $0.name, value: $0.value) }
        let status = fields.first { $0.name == ":status" }?.value ?? ""
        if status.hasPrefix("1") {
            answers[stream, default: Answer()].interim.append(status)
        } else {
            answers[stream, default: Answer()].fields = fields
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
