/// Which backticks and which brackets of a text belong together, found in one walk.
struct MarkdownSpans {
    /// From where a run of backticks begins to where the next run of the same length does.
    private(set) var codeEnds: [Int: Int] = [:]
    /// From an opening bracket to its closing one.
    private(set) var bracketEnds: [Int: Int] = [:]

    init(_ bytes: [UInt8]) {
        findCode(bytes)
        findBrackets(bytes)
    }

    /// How many times the same byte stands there.
    static func run(_ bytes: [UInt8], at start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] == bytes[start] { end += 1 }
        return end - start
    }

    private mutating func findCode(_ bytes: [UInt8]) {
        var runs: [(start: Int, length: Int)] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "`") else {
                position += 1
                continue
            }
            let length = Self.run(bytes, at: position)
            runs.append((position, length))
            position += length
        }
        var next: [Int: Int] = [:]
        for run in runs.reversed() {
            codeEnds[run.start] = next[run.length]
            next[run.length] = run.start
        }
    }

    private mutating func findBrackets(_ bytes: [UInt8]) {
        var open: [Int] = []
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 1
            case UInt8(ascii: "`"):
                let length = Self.run(bytes, at: position)
                position = (codeEnds[position] ?? position) + length - 1
            case UInt8(ascii: "["): open.append(position)
            case UInt8(ascii: "]"): if let start = open.popLast() { bracketEnds[start] = position }
            default: break
            }
            position += 1
        }
    }
}
