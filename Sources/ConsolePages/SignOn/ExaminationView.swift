import Accounts
import Languages

/// What came of trying a configuration, step by step.
struct ExaminationView {
    struct Step {
        let name: String
        let outcome: String
        /// What is wrong and what to do about it.
        let advice: String?
        let isFault: Bool
    }

    let summary: String
    let passed: Bool
    let steps: [Step]

    /// - Parameter examined: as far as it went; what comes after a fault was not tried.
    init(_ examined: [ExaminedStep], in book: Phrasebook) {
        let outcomes = Dictionary(examined.map { ($0.name, $0) }) { $1 }
        steps = ExaminedStep.Name.allCases.map { name in
            let label = name.label(in: book)
            guard let step = outcomes[name] else {
                return Step(name: label, outcome: book["console.signOn.notTried"], advice: nil, isFault: false)
            }
            guard let fault = step.fault else {
                return Step(name: label, outcome: book["console.signOn.passed"], advice: nil, isFault: false)
            }
            return Step(
                name: label, outcome: book["console.signOn.failed"], advice: fault.advice(in: book), isFault: true)
        }
        passed = !steps.contains { $0.isFault }
        summary = passed ? book["console.signOn.testGood"] : book["console.signOn.testBad"]
    }
}

extension ExaminedStep.Name {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .address: book["console.signOn.steps.address"]
        case .discovery: book["console.signOn.steps.discovery"]
        case .keys: book["console.signOn.steps.keys"]
        case .logInPage: book["console.signOn.steps.logInPage"]
        case .clientAuthentication: book["console.signOn.steps.client"]
        }
    }
}

extension ProviderFault {
    /// What is wrong and what to do; those that only a log-in meets share one answer.
    func advice(in book: Phrasebook) -> String {
        switch self {
        case .addressNotAllowed: book["console.signOn.faults.addressNotAllowed"]
        case .unresolvable: book["console.signOn.faults.unresolvable"]
        case .unreachable: book["console.signOn.faults.unreachable"]
        case .tooSlow: book["console.signOn.faults.tooSlow"]
        case .redirected: book["console.signOn.faults.redirected"]
        case .failed: book["console.signOn.faults.failed"]
        case .tooLarge, .unreadable: book["console.signOn.faults.unreadable"]
        case .otherIssuer: book["console.signOn.faults.otherIssuer"]
        case .missingEndpoint: book["console.signOn.faults.missingEndpoint"]
        case .noUsableKey: book["console.signOn.faults.noUsableKey"]
        case .clientRefused: book["console.signOn.faults.clientRefused"]
        case .secretUnusable: book["console.signOn.faults.secretUnusable"]
        default: book["console.signOn.faults.strange"]
        }
    }
}
