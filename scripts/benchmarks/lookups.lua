-- Asks for the hosts of many custom domains in an order that no cache of the latest ones can follow.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(arguments)
    count = tonumber(arguments[1])
    math.randomseed(tonumber(arguments[2]))
end

function request()
    local host = string.format("developers-%06d.example", math.random(1, count))
    return wrk.format("GET", "/api/v3/portal", {["Host"] = host})
end
