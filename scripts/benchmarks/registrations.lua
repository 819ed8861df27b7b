-- Registers a developer with an address of its own in every request.
local thread_count = 0

function setup(thread)
    thread:set("number", thread_count)
    thread_count = thread_count + 1
end

function init(args)
    host, run, count = args[1], args[2], 0
end

function request()
    count = count + 1
    local body = string.format(
        '{"full_name":"Bench Developer %d","email":"bench-%s-%d-%d@example.com"}', count, run, number, count)
    return wrk.format("POST", "/api/v3/developer", {["Host"] = host, ["Content-Type"] = "application/json"}, body)
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
