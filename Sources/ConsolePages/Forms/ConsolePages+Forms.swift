import Hummingbird
import WebPages

extension ConsolePages {
    /// Does what a form asks for, or shows it again with what has to change.
    ///
    /// - Parameters:
    ///   - conflict: the phrase for what collides with what is there.
    ///   - again: shows the page again, with the reason.
    func submit(
        conflict: String? = nil, in context: ConsoleRequestContext, _ work: () async throws -> Response,
        again: (PageMessage) async throws -> Response
    ) async throws -> Response {
        do {
            return try await work()
        } catch {
            guard var message = errorPages.message(mending: error, in: context) else { throw error }
            if message.status == .conflict, let conflict { message.text = context.book[conflict] }
            return try await again(message)
        }
    }

    /// Asks once more.
    func confirm(
        _ confirmation: ConfirmationView, at place: ConsolePlace, in context: ConsoleRequestContext
    ) throws -> Response {
        try renderer.response(.confirm, title: confirmation.title, content: confirmation, at: place, in: context)
    }
}
