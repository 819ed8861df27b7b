import Logging

/// Looks every ten seconds whether certificates were renewed.
struct CertificateRenewal: Sendable {
    private static let interval = Duration.seconds(10)

    private let task: Task<Void, Never>?

    init(_ certificates: Certificates?, logger: Logger) {
        guard let certificates else {
            task = nil
            return
        }
        // Beside the event loops, because files are read.
        task = Task {
            while (try? await Task.sleep(for: Self.interval)) != nil { certificates.reload(logger: logger) }
        }
    }

    func stop() { task?.cancel() }
}
