import Foundation
import Synchronization

/// Developers who register one after another, and whose registrations were acknowledged.
final class RegistrationLoad: Sendable {
    private let site: Site
    private let state = Mutex<(acknowledged: Set<String>, isOver: Bool)>(([], false))

    private init(_ site: Site) { self.site = site }

    var acknowledged: Set<String> { state.withLock { $0.acknowledged } }

    /// Runs a test while several write; returns when the last has its answer.
    static func on(_ site: Site, writers: Int, during test: (RegistrationLoad) async throws -> Void) async throws
        -> RegistrationLoad
    {
        let load = RegistrationLoad(site)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers { group.addTask { await load.register(writer) } }
            defer { load.state.withLock { $0.isOver = true } }
            try await test(load)
        }
        return load
    }

    private func register(_ writer: Int) async {
        for number in 0... {
            if state.withLock({ $0.isOver }) { return }
            let email = "dev-\(writer)-\(number)@example.com"
            guard let answer = try? await site.post("/api/v3/developer", ["full_name": "D", "email": email]), answer.status == 201
            else { continue }
            state.withLock { _ = $0.acknowledged.insert(email) }
        }
    }
}
