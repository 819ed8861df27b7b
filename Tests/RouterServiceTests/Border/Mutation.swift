/// Valid requests of one connection, altered here and there by a generator with a seed.
struct Mutation {
    private var random: SplitMix64
    private let number: Int

    init(seed: UInt64, number: Int) {
        random = SplitMix64(state: seed)
        self.number = number
    }

    private static let hosts = ["acme.eu.portal.example.com", "acme.us.portal.example.com", "eu.api.example.com"]
    /// What readers of HTTP disagree about.
    private static let seeds: [[UInt8]] = [
        "\r", "\n", "\r\n", "\0", " ", "\t", ":", ";", ",", "0", "1", "+", "-", "x", "\u{0B}", "\u{7F}", "#", "%", "\"", "\r\n ",
        "0\r\n\r\n", "\r\n\r\n", "Content-Length: 5\r\n", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: x\r\n", "Connection: close\r\n", "Host: acme.us.portal.example.com\r\n", "Expect: 100-continue\r\n",
        "GET /prize HTTP/1.1\r\nHost: acme.us.portal.example.com\r\n\r\n", " HTTP/1.1", "ffffffffffffffff", "\u{E9}",
    ].map { Array($0.utf8) }

    mutating func bytes() -> [UInt8] {
        var bytes = (0..<3).flatMap { request($0) }
        for _ in 0...random.below(3) { alter(&bytes) }
        return bytes
    }

    private mutating func request(_ index: Int) -> [UInt8] {
        let host = Self.hosts[random.below(Self.hosts.count)]
        let head = " /mark-\(number)-\(index) HTTP/1.1\r\nHost: \(host)\r\nX-Y: z\r\n"
        let body = "GET /inside-\(number)-\(index) HTTP/1.1\r\nHost: \(host)\r\n\r\n"
        let text =
            switch random.below(4) {
            case 0: "GET\(head)\r\n"
            case 1: "HEAD\(head)Connection: keep-alive\r\n\r\n"
            case 2: "POST\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            default:
                "POST\(head)Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n"
                    + "0\r\nX-Trailer: t\r\n\r\n"
            }
        return Array(text.utf8)
    }

    private mutating func alter(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = random.below(bytes.count)
        let end = min(bytes.count, place + 1 + random.below(8))
        switch random.below(6) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 3: bytes.swapAt(place, end - 1)
        default:
            // Most readings part at the begin of a line.
            let lines = bytes.indices.filter { bytes[$0] == 0x0A }
            let line = lines.isEmpty ? place : lines[random.below(lines.count)] + 1
            bytes.insert(contentsOf: Self.seeds[random.below(Self.seeds.count)], at: random.below(2) == 0 ? line : place)
        }
    }

    /// One piece, or two cut anywhere.
    mutating func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        guard bytes.count > 1, random.below(2) == 0 else { return [bytes[...]] }
        let cut = 1 + random.below(bytes.count - 1)
        return [bytes[..<cut], bytes[cut...]]
    }
}

/// A generator whose numbers follow from its seed (Steele, Lea, Flood: Fast splittable pseudorandom number generators).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
