/// How hard a code is to read (clause 7.8.3). Of eight masks the one with the smallest penalty is taken.
extension ModuleGrid {
    var penalty: Int {
        let lines = (0..<size).flatMap { [row($0), column($0)] }
        return lines.reduce(squares + imbalance) { $0 + Self.runs(in: $1) + Self.finders(in: $1) }
    }

    /// Runs of five modules or more of one colour: 3 and 1 more for each further module.
    private static func runs(in line: [Bool]) -> Int {
        var (penalty, length) = (0, 0)
        for index in line.indices {
            length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
            if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
        }
        return penalty
    }

    /// What looks like a finder pattern, 1 : 1 : 3 : 1 : 1 from dark to dark, with a light area four times as wide as its narrow parts before
    /// or behind it: 40 for each such area. The quiet zone is light, too.
    private static func finders(in line: [Bool]) -> Int {
        let quiet = [Bool](repeating: false, count: line.count)
        // Light and dark in turns, light first and last.
        let runs = lengths(of: quiet + line + quiet)
        guard runs.count >= 7 else { return 0 }
        return stride(from: 0, through: runs.count - 7, by: 2).reduce(0) { penalty, start in
            let (before, behind, unit) = (runs[start], runs[start + 6], runs[start + 1])
            let dark = runs[(start + 1)...(start + 5)]
            guard before >= unit, behind >= unit, dark.elementsEqual([unit, unit, 3 * unit, unit, unit]) else { return penalty }
            return penalty + (before >= 4 * unit ? 40 : 0) + (behind >= 4 * unit ? 40 : 0)
        }
    }

    /// How many modules of one colour follow one another, run by run.
    private static func lengths(of line: [Bool]) -> [Int] {
        var lengths: [Int] = []
        for index in line.indices {
            if index > 0, line[index] == line[index - 1] { lengths[lengths.count - 1] += 1 } else { lengths.append(1) }
        }
        return lengths
    }

    /// Squares of two by two modules of one colour: 3 each.
    private var squares: Int {
        var penalty = 0
        for y in 0..<size - 1 {
            for x in 0..<size - 1
            where self[x, y] == self[x + 1, y] && self[x, y] == self[x, y + 1] && self[x, y] == self[x + 1, y + 1] {
                penalty += 3
            }
        }
        return penalty
    }

    /// For each 5 % that the dark part is away from a half: 10.
    private var imbalance: Int {
        let all = size * size
        return abs(darkModules * 20 - all * 10) / all * 10
    }
}
