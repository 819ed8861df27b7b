/// How a log event is written: one line for people or one JSON object for machines.
public enum LogFormat: String, CaseIterable, Sendable {
    case text, json
}
