import ArgumentParser
import Certificates
import Foundation

/// How long a new certificate lives.
struct LeafLifetime: ParsableArguments {
    @Option(help: "How many days a certificate lives; 7 otherwise.")
    var days: Int?

    @Option(help: "How many hours a certificate lives.")
    var hours: Int?

    func validate() throws {
        guard days == nil || hours == nil else { throw ValidationError("expected --days or --hours, found both") }
        if let days, !(1...825).contains(days) { throw ValidationError("--days: expected 1 to 825, found \(days)") }
        if let hours, !(1...19_800).contains(hours) { throw ValidationError("--hours: expected 1 to 19800, found \(hours)") }
    }

    var seconds: TimeInterval {
        if let days { return TimeInterval(days) * 86_400 }
        return hours.map { TimeInterval($0) * 3600 } ?? CertificateFolder.leafLifetime
    }
}
