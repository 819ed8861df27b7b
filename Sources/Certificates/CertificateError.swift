import Geography

/// Why certificates could not be made or renewed.
public enum CertificateError: Error, Equatable, Sendable, CustomStringConvertible {
    case alreadyThere(String)
    case noAuthority(String)
    case unreadable(String)
    case notWritable(String, reason: String)
    case keyMismatch(String)
    case unknownGeo(GeoID)
    case authorityExpired(String)

    public var description: String {
        switch self {
        case .alreadyThere(let path): "there is an authority at \(path) already; rotate it, or name another folder"
        case .noAuthority(let path): "there is no authority at \(path); make it with: portolanctl certificates init"
        case .unreadable(let path): "\(path) cannot be read as PEM; restore it, or remove it and issue it again"
        case .notWritable(let path, let reason): "\(path) cannot be written: \(reason); check the folder's owner"
        case .keyMismatch(let name): "the key is not that of the certificate of \(name); restore the file that belongs to it"
        case .unknownGeo(let geo): "the topology has no geo \(geo)"
        case .authorityExpired(let path): "the authority at \(path) has expired; make a new one with: rotate --authority"
        }
    }
}
