import NIOCore

/// How sockets are set for passing bytes on: large reads, little waiting, ends that close one by one.
enum RelayTuning {
    /// Room for a burst in either direction; beyond it the faster side waits.
    private static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 64 * 1024, high: 256 * 1024)

    /// Small while little comes, so that idle connections hold little memory.
    private static var buffers: AdaptiveRecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 4096, maximum: 128 * 1024)
    }

    static func apply(to channel: any Channel) {
        guard let options = channel.syncOptions else { return }
        try? options.setOption(.allowRemoteHalfClosure, value: true)
        try? options.setOption(.writeBufferWaterMark, value: waterMark)
        try? options.setOption(.recvAllocator, value: buffers)
    }
}
