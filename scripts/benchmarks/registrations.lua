-- Registers a person with an address of its own in every request.
--   wrk … -s registrations.lua URL -- HOST PATH EXPECTED-STATUS RUN
local threads = {}

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init(args)
    host, path, expected, run, count, unexpected = args[1], args[2], tonumber(args[3]), args[4], 0, 0
    -- wrk itself counts what is above 399; reading every answer's status here would only slow the load.
    if expected > 399 then
        response = function(status)
            if status ~= expected then unexpected = unexpected + 1 end
        end
    end
end

function request()
    count = count + 1
    local body = string.format(
        '{"full_name":"Bench Developer %d","email":"bench-%s-%d-%d@example.com"}', count, run, number, count)
    return wrk.format("POST", path, {["Host"] = host, ["Content-Type"] = "application/json"}, body)
end

function done(summary, latency, requests)
    local errors = summary.errors
    local refused = errors.status
    if threads[1]:get("expected") > 399 then
        refused = 0
        for _, thread in ipairs(threads) do refused = refused + thread:get("unexpected") end
    end
    io.write(string.format(
        "RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        refused + errors.connect + errors.read + errors.write + errors.timeout))
end
