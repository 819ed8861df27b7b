/// How an admin gets into the console: a password, and what the second factor needs. API tokens are apart from it.
public struct ConsoleAccount: Hashable, Sendable {
    public let admin: AdminID
    /// Nil until the admin has chosen a password by a mailed link.
    public var passwordHash: PasswordHash?
    public var secondFactor: SecondFactor?

    public init(admin: AdminID, passwordHash: PasswordHash? = nil, secondFactor: SecondFactor? = nil) {
        self.admin = admin
        self.passwordHash = passwordHash
        self.secondFactor = secondFactor
    }
}

/// What a store keeps of an authenticator app and of the codes for the day on which it is lost.
public struct SecondFactor: Hashable, Sendable {
    /// The app's secret, encrypted with the geo's key.
    public let sealedSecret: [UInt8]
    /// The time step of the newest code that was used; it and all before it are refused (RFC 6238, section 5.2).
    public var lastStep: Int64
    /// The hashes of the recovery codes that are left.
    public var recoveryCodes: Set<TokenHash>

    public init(sealedSecret: [UInt8], lastStep: Int64, recoveryCodes: Set<TokenHash>) {
        self.sealedSecret = sealedSecret
        self.lastStep = lastStep
        self.recoveryCodes = recoveryCodes
    }
}

/// A secret for one next step into the console.
public struct ConsoleToken: Hashable, Sendable {
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// A mailed link: chooses a password.
        case setPassword = "set_password"
        /// After the right password: takes the code of the second factor.
        case secondFactor = "second_factor"
    }

    public let hash: TokenHash
    public let purpose: Purpose
    public let expiresAt: Timestamp

    public init(hash: TokenHash, purpose: Purpose, expiresAt: Timestamp) {
        self.hash = hash
        self.purpose = purpose
        self.expiresAt = expiresAt
    }
}
