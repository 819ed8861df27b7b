-- Logs developers in, one after another and round again.
--   wrk … -s log_ins.lua URL -- HOST PASSWORD ADDRESS…
function init(args)
    host, password, addresses, count = args[1], args[2], {}, 0
    for index = 3, #args do table.insert(addresses, args[index]) end
end

function request()
    local address = addresses[count % #addresses + 1]
    count = count + 1
    local body = string.format('{"username":"%s","password":"%s"}', address, password)
    return wrk.format("POST", "/api/v3/developer/authenticate", {["Host"] = host, ["Content-Type"] = "application/json"}, body)
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
