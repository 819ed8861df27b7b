import Foundation
import NIOCore
import NIOPosix

extension Error {
    /// Whether a connection was not made because this process or its machine has no descriptor, port or memory for one.
    ///
    /// It says nothing of the node: one that were taken for down would keep its geo from everybody who is connected already.
    var isOwnShortage: Bool {
        switch self {
        case let error as IOError: [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL].contains(error.errnoCode)
        case let error as NIOConnectionError:
            !error.connectionErrors.isEmpty && error.connectionErrors.allSatisfy(\.error.isOwnShortage)
        default: false
        }
    }
}
