import Dispatch
import Foundation

/// SIGHUP, which asks a service to look at its files again.
final class HangupSignal {
    private let source: any DispatchSourceSignal

    init(_ action: @escaping @Sendable () -> Void) {
        // The signal's own effect is to end the process.
        signal(SIGHUP, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
    }

    func stop() { source.cancel() }
}
