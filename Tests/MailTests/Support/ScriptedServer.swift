import NIOCore
import NIOPosix

@testable import Mail

/// A server that says exactly what a test wants, for what no real server does: to each line that it reads it sends the next
/// text of its script, then nothing.
final class ScriptedServer: Sendable {
    private let channel: any Channel
    private let lines: AsyncStream<String>

    var port: Int { channel.localAddress?.port ?? 0 }

    /// - Parameters:
    ///   - greeting: sent when a connection is made.
    ///   - answers: sent one after the other, each when a line comes; nil closes the connection.
    init(greeting: String, answers: [String?]) async throws {
        let (lines, heard) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Script(greeting: greeting, answers: answers, heard: heard))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// Waits for a line from a client.
    func nextLine(startingWith prefix: String) async -> String? { await lines.first { $0.hasPrefix(prefix) } }

    func stop() async throws { try await channel.close() }

    private final class Script: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let greeting: String
        private var answers: ArraySlice<String?>
        private let heard: AsyncStream<String>.Continuation
        private var line: [UInt8] = []

        init(greeting: String, answers: [String?], heard: AsyncStream<String>.Continuation) {
            self.greeting = greeting
            self.answers = answers[...]
            self.heard = heard
        }

        func channelActive(context: ChannelHandlerContext) { say(greeting, context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            for byte in unwrapInboundIn(data).readableBytesView {
                guard byte == .lineFeed else {
                    line.append(byte)
                    continue
                }
                heard.yield(String(decoding: line.dropLast(), as: UTF8.self))
                line.removeAll()
                guard let answer = answers.popFirst() else { continue }
                guard let answer else { return context.close(promise: nil) }
                say(answer, context)
            }
        }

        private func say(_ text: String, _ context: ChannelHandlerContext) {
            context.channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        }
    }
}
