import Foundation

/// OpenAPI documents for tests.
enum SampleDocument {
    static let yaml = """
        # ships
        openapi: 3.1.0
        info: {title: Ships, version: '1.2'}
        paths:
          /ships:
            get: {operationId: listShips, summary: Ships in the harbour, tags: [Arrivals], responses: {'200': {description: Fine}}}
          /berths/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            delete: {summary: 桟橋を空ける, responses: {'204': {description: Gone}}}

        """
    static let json = #"{"openapi": "3.0.3", "info": {"title": "Ports", "version": "7"}, "paths": {}}"#

    static func body(_ value: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
    }
}
