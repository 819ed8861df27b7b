import ArgumentParser
import Foundation
import LocalCluster

extension ClusterCommand {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Starts a cluster of its own, walks the whole sign-up in every geo through the router, and stops it.",
            discussion: """
                Takes free ports and a temporary folder, so it runs beside everything else. Prints each step with its time; exits \
                with 0 when all steps went well, or says which step failed and why.
                """)

        @OptionGroup var size: ClusterSize

        func run() async throws {
            let folder = ClusterSize.temporaryFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let end = await EndOfCommand(watchesStandardInput: false)
            do {
                let options = try size.options(folder: folder, port: nil)
                let cluster = try LocalCluster(options, makeToken: ClusterSize.makeToken, report: { print("  \($0)") })
                let walked: Void?
                do {
                    walked = try await end.cancels { try await Self.walk(cluster, order: options.geos) }
                } catch {
                    await cluster.stop()
                    throw error
                }
                await cluster.stop()
                guard walked != nil else { throw ClusterError.interrupted }
            } catch {
                throw CommandFailure.report(error)
            }
            print("\nevery step went well in \(size.geos)")
        }

        private static func walk(_ cluster: LocalCluster, order: [String]) async throws {
            let description = try await cluster.start()
            for geo in order {
                print("\n\(geo)")
                try await SignUpWalk(description, geo: geo, reporting: report).run()
            }
        }

        private static let report: @Sendable (String, Duration) -> Void = { step, time in
            let milliseconds = String(
                format: "%7.1f ms", Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3)
            print("  \(milliseconds)  \(step)")
        }
    }
}
