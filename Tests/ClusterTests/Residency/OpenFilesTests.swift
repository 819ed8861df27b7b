import Foundation
import Testing

@Suite("residency row 14: processes have no files but those that they name", .timeLimit(.minutes(5)))
struct OpenFilesTests {
    @Test("a node under load has its own store, mails and log open, and a router nothing at all: no temporary file anywhere")
    func openFiles() async throws {
        try await RunningCluster.with(["--geos", "eu,us", "--auto-approve", "--scrypt-log-n", "10"]) { cluster in
            let (eu, us) = (try cluster.geo("eu").node, try cluster.geo("us").node)
            let router = cluster.description.router
            var (ofEU, ofUS, ofRouter): (Set<String>, Set<String>, Set<String>) = ([], [], [])
            for number in 0..<5 {
                let jane = SignUp(
                    cluster: cluster, geo: "eu", name: "Jane", email: "jane\(number)@example.com",
                    password: "correct horse battery")
                try await jane.register()
                try await jane.complete()
                #expect(try await jane.logIn().status == 204)
                // Sorting and searching is what a database makes temporary files for.
                let list = try await cluster.management("eu").get(
                    "\(jane.developers)?sort=name&filter%5Bemail%5D%5Bcontains%5D=jane")
                #expect(list.status == 200)
                ofEU.formUnion(try files(of: eu.pid))
                ofUS.formUnion(try files(of: us.pid))
                ofRouter.formUnion(try files(of: router.pid))
            }
            #expect(ofEU.contains("\(eu.data)/store.sqlite"))
            #expect(ofEU.filter { !$0.hasPrefix(eu.data + "/") && $0 != eu.log } == [])
            #expect(ofUS.filter { !$0.hasPrefix(us.data + "/") && $0 != us.log } == [])
            #expect(ofRouter.filter { $0 != router.log } == [])
        }
    }

    /// What a process has open or mapped and might hold data: all but programs, libraries and devices. A file that was
    /// removed and is still open is one too.
    private func files(of pid: Int32) throws -> Set<String> {
        let descriptors = "/proc/\(pid)/fd"
        let open = try FileManager.default.contentsOfDirectory(atPath: descriptors).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\($0)")
        }
        let maps = FileHandle(forReadingAtPath: "/proc/\(pid)/maps")?.readDataToEndOfFile() ?? Data()
        let writable = String(decoding: maps, as: UTF8.self).split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            // Shared and writable: what is written there is in a file. Private pages of a library are not.
            guard fields.count == 6, fields[1].hasPrefix("rw"), fields[1].hasSuffix("s") else { return nil }
            return fields[5].trimmingCharacters(in: .whitespaces)
        }
        return Set((open + writable).filter { $0.hasPrefix("/") && !$0.hasPrefix("/dev/") && !$0.hasPrefix("/proc/") })
    }
}
