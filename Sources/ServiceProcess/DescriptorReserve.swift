import Foundation

/// File descriptors that a listening socket keeps for the rest of the process, and gives back when it cannot accept for want of one.
///
/// A process without a single free descriptor does not only fail to open files. Swift's Dispatch (6.3) counts its workers every second by
/// opening `/proc/self/task/…/stat`, and ends the process where that fails (`_dispatch_workq_monitor_pools`).
///
/// Not for several threads at once: it belongs to the event loop of its socket.
final class DescriptorReserve {
    /// The most that are kept; of a small limit only a part of it.
    static let mostDescriptors = 32
    private static let share = 8

    private var held: [Int32] = []

    deinit { release() }

    /// Lets others have them.
    func release() {
        for descriptor in held { close(descriptor) }
        held = []
    }

    /// Takes them again, if there are so many and as many more.
    ///
    /// Looks before it takes, so that trying never uses up the last ones.
    /// - Returns: whether they are kept now.
    func restore() -> Bool {
        guard held.isEmpty else { return true }
        let figures = ProcessFigures()
        let wanted = Self.size(within: figures.fileLimit)
        // None open means that they could not be counted: this process has some.
        guard figures.openFiles > 0, figures.openFiles + 2 * wanted <= figures.fileLimit else { return false }
        for _ in 0..<wanted {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                release()
                return false
            }
            held.append(descriptor)
        }
        return true
    }

    static func size(within limit: Int) -> Int { min(mostDescriptors, limit / share) }
}
