import Accounts
import ConfigurationFiles
import NodeService
import SQLiteStore

extension CommandFailure {
    /// Does something with a geo's store on its own machine, and explains what stands in the way.
    static func reportingOfMachine(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch AccountError.invalidFields(let fields) {
            throw report(fields.map { "--\($0.field) \($0.reason)" }.joined(separator: "; "), code: usage)
        } catch let error where error is ConfigurationError || error is SQLiteStoreError || error is NodeError {
            throw report(error, code: wrongConfiguration)
        } catch StoreError.corrupt(let reason) {
            throw report("the store holds what this program did not write: \(reason); restore a backup")
        } catch StoreError.unavailable(let reason) {
            throw report("the store cannot be used now: \(reason); try again")
        } catch {
            throw report(error)
        }
    }
}
