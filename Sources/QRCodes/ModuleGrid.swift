/// A square of modules, each light or dark.
struct ModuleGrid: Equatable {
    let size: Int
    private var dark: [Bool]

    /// All light.
    init(size: Int) {
        self.size = size
        dark = Array(repeating: false, count: size * size)
    }

    subscript(x: Int, y: Int) -> Bool {
        get { dark[y * size + x] }
        set { dark[y * size + x] = newValue }
    }

    func row(_ y: Int) -> [Bool] { Array(dark[y * size..<(y + 1) * size]) }

    func column(_ x: Int) -> [Bool] { (0..<size).map { self[x, $0] } }

    var darkModules: Int { dark.count { $0 } }
}
