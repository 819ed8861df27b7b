import Foundation
import Testing

@Suite("residency row 9: the router could not read a developer if it tried", .timeLimit(.minutes(5)))
struct DependencyClosureTests {
    /// Everything of this package that may be linked into a router.
    static let allowedTargets: Set<String> = [
        "RouterService", "Geography", "ConfigurationFiles", "ServiceIdentity", "ServiceLogs", "ServiceProcess",
    ]
    static let allowedPackages: Set<String> = [
        "swift-nio", "swift-nio-http2", "swift-nio-ssl", "swift-log", "swift-service-lifecycle", "yams",
    ]
    /// The command line of the executable is one more.
    static let allowedPackagesOfExecutable = allowedPackages.union(["swift-argument-parser"])

    @Test("RouterService reaches no store, no account code and no web framework")
    func service() async throws {
        let closure = try await PackageDescription.load().closure(of: "RouterService")
        #expect(closure.targets == Self.allowedTargets)
        #expect(closure.packages.isSubset(of: Self.allowedPackages))
        #expect(closure.packages.contains("swift-nio"))
    }

    @Test("nor does the executable")
    func executable() async throws {
        let closure = try await PackageDescription.load().closure(of: "portolan-router")
        #expect(closure.targets == Self.allowedTargets.union(["portolan-router"]))
        #expect(closure.packages.isSubset(of: Self.allowedPackagesOfExecutable))
    }
}
