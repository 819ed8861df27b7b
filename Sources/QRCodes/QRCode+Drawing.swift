extension QRCode {
    /// The side of a drawing with the quiet zone around it, in modules.
    public var drawingSize: Int { size + 2 * Self.quietZone }

    /// The dark modules as the path of an SVG whose view box is `0 0 drawingSize drawingSize`: one rectangle for each run in a row.
    public var path: String {
        var path = ""
        for y in 0..<size {
            var x = 0
            while x < size {
                let start = x
                while x < size, self[x, y] { x += 1 }
                if x > start { path += "M\(start + Self.quietZone) \(y + Self.quietZone)h\(x - start)v1h-\(x - start)z" }
                x += 1
            }
        }
        return path
    }
}
