import APIDocuments
import Accounts
import NIOPosix
import Synchronization

/// Reads the documents that admins publish, on threads of their own and few at once: a large one takes seconds and much memory.
final class DocumentReader: SpecificationReader {
    /// The most documents that are read or wait at the same time; one more is 503.
    static let mostAtOnce = 4
    /// When those may be done.
    static let retryAfterSeconds = 5

    private let limits: DocumentLimits
    private let reading = Mutex(0)

    /// - Parameter maximumBytes: of a document.
    init(maximumBytes: Int = Specification.maximumBytes) {
        limits = DocumentLimits(bytes: maximumBytes)
    }

    func read(_ content: [UInt8]) async throws -> SpecificationReading {
        let isTaken = reading.withLock { reading in
            guard reading < Self.mostAtOnce else { return false }
            reading += 1
            return true
        }
        guard isTaken else { throw AccountError.busy(retryAfterSeconds: Self.retryAfterSeconds) }
        defer { reading.withLock { $0 -= 1 } }
        let limits = limits
        return try await NIOThreadPool.singleton.runIfActive {
            do {
                return SpecificationReading(try APIDocument(reading: content, limits: limits))
            } catch let refusal as DocumentRefusal {
                throw SpecificationRefusal(
                    refusal.problems.map { SpecificationProblem($0.wording, pointer: $0.pointer) })
            }
        }
    }
}

extension SpecificationReading {
    init(_ document: APIDocument) {
        self.init(
            format: document.format == .json ? .json : .yaml, openAPI: document.specification, title: document.title,
            version: document.version,
            operations: (document.operations + document.webhooks).map { operation in
                SpecificationOperation(
                    method: operation.method.name, path: operation.path, operationID: operation.operationID,
                    summary: operation.summary, tags: operation.tags, anchor: operation.id)
            },
            searchText: document.searchText)
    }
}
