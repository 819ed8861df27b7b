import Foundation

/// A password's scrypt hash in PHC string form: `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`.
///
/// Salt and hash are base64 without padding. The parameters stand in the string, so they can rise later.
public struct PasswordHash: Hashable, Sendable {
    public let phc: String
    let cost: ScryptCost
    let salt: [UInt8]
    let key: [UInt8]

    init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
        phc = "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)$\(Self.encode(salt))$\(Self.encode(key))"
    }

    /// Reads what a store kept; nil for anything that this type did not write.
    public init?(phc: String) {
        let parts = phc.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = ScryptCost(phc: parts[2]),
            let salt = Self.decode(parts[3]), let key = Self.decode(parts[4]), !salt.isEmpty, !key.isEmpty
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    private static func decode(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text + padding).map(Array.init)
    }
}

/// What one hash costs: 2^`logRounds` × `blockSize` × 128 bytes of memory, `parallelism` times in a row (RFC 7914, section 2).
public struct ScryptCost: Hashable, Sendable {
    /// The exponents an operator may choose. Below 15 is for tests.
    public static let logRoundsRange = 10...20

    public let logRounds: Int
    public let blockSize: Int
    public let parallelism: Int

    /// 32 MiB, three times: what the OWASP password storage cheat sheet gives for N = 2^15.
    public static let standard = ScryptCost(logRounds: 15)

    public init(logRounds: Int, blockSize: Int = 8, parallelism: Int = 3) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// By how much costs are compared: memory times repetitions.
    var work: Int { (blockSize << logRounds) * parallelism }

    init?(phc: Substring) {
        var values: [Substring: Int] = [:]
        for pair in phc.split(separator: ",") {
            let halves = pair.split(separator: "=")
            guard halves.count == 2, let value = Int(halves[1]) else { return nil }
            values[halves[0]] = value
        }
        guard let logRounds = values["ln"], let blockSize = values["r"], let parallelism = values["p"], values.count == 3,
            Self.logRoundsRange.contains(logRounds), (1...32).contains(blockSize), (1...16).contains(parallelism)
        else { return nil }
        self.init(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
    }
}
