import ArgumentParser
import Foundation
import Geography
import LocalCluster
import NodeService

/// What both cluster commands ask for.
struct ClusterSize: ParsableArguments {
    @Option(help: ArgumentHelp("The geos, by their ids.", valueName: "eu,us,au"))
    var geos = "eu,us,au"

    @Option(help: "The name of the portal that is made in each geo.")
    var portal = "acme"

    @Option(help: ArgumentHelp("Where portolan-node and portolan-router are; beside portolanctl otherwise.", valueName: "folder"))
    var binaries: String?

    @Option(help: ArgumentHelp("log2 of scrypt's N; below 15 is for tests.", valueName: "10-20"))
    var scryptLogN: Int?

    func options(folder: String, port: Int?) throws -> ClusterOptions {
        var options = ClusterOptions(folder: folder, binaries: binaries ?? Self.ownFolder, port: port)
        options.geos = geos.split(separator: ",").map(String.init)
        options.portal = portal
        options.scryptLogN = scryptLogN
        return options
    }

    func validate() throws {
        let ids = geos.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for id in ids {
            do { _ = try GeoID(id) } catch { throw ValidationError("--geos: \(error)") }
        }
        guard Set(ids).count == ids.count else { throw ValidationError("--geos: expected each geo once, found \(geos)") }
        do { _ = try PortalSlug(portal) } catch { throw ValidationError("--portal: \(error)") }
        if let scryptLogN, !(10...20).contains(scryptLogN) {
            throw ValidationError("--scrypt-log-n: expected 10 to 20, found \(scryptLogN)")
        }
    }

    /// A folder that nobody else has.
    static func temporaryFolder() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("portolan-cluster-\(UUID().uuidString)").path
    }

    /// Makes an admin token as `portolanctl admin token create` does.
    static let makeToken: LocalCluster.TokenMaker = { configuration, email in
        try await NodeAdministration.createAdminToken(configurationFile: configuration, email: email, name: "local cluster")
    }

    private static var ownFolder: String {
        let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent().path
    }
}
