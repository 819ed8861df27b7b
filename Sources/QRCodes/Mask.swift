/// The eight patterns by which a code's data is turned over, so that no large areas and no false patterns are left (table 10).
enum Mask: Int, CaseIterable {
    case checkerboard
    case rows
    case columns
    case diagonals
    case bricks
    case crosses
    case flowers
    case weave

    /// Whether the module in a column and a row is turned over.
    func covers(_ x: Int, _ y: Int) -> Bool {
        switch self {
        case .checkerboard: (x + y) % 2 == 0
        case .rows: y % 2 == 0
        case .columns: x % 3 == 0
        case .diagonals: (x + y) % 3 == 0
        case .bricks: (y / 2 + x / 3) % 2 == 0
        case .crosses: x * y % 2 + x * y % 3 == 0
        case .flowers: (x * y % 2 + x * y % 3) % 2 == 0
        case .weave: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}
