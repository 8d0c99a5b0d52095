-- How wrk asks, and what it tells at the end.
--
-- Arguments: the method, and who asks: "one client", "10,000 client networks" or
-- "each request a new client", told by the header that a trusted proxy sets; a seed;
-- and a file of paths, if each request is for one of them by chance.

local NETWORKS = 10000
local ONE = "91.198.174.192"

local function address()
    local r = math.random
    return r(1, 223) .. "." .. r(0, 255) .. "." .. r(0, 255) .. "." .. r(1, 254)
end

-- Zipf's law with exponent 1: the logarithm of the rank is uniform.
local function crowd()
    math.randomseed(2026)
    local known = {}
    for number = 1, NETWORKS do
        known[number] = address()
    end
    return function()
        return known[math.floor(NETWORKS ^ math.random())]
    end
end

local function lines(name)
    local found = {}
    for line in io.lines(name) do
        found[#found + 1] = line
    end
    return found
end

function init(args)
    wrk.method = args[1]
    wrk.headers["X-Forwarded-For"] = ONE
    local client = address
    if args[2] == "one client" then
        client = nil
    elseif args[2] == "10,000 client networks" then
        client = crowd()
    end
    local paths = args[4] and lines(args[4])
    if not client and not paths then
        -- Without a function `request`, wrk writes the request once.
        return
    end
    math.randomseed(os.time() * 1000 + tonumber(args[3]))
    request = function()
        if client then
            wrk.headers["X-Forwarded-For"] = client()
        end
        return wrk.format(nil, paths and paths[math.random(#paths)])
    end
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format(
        "bench: %d %d %d %d %d %d %d %d %d %d",
        summary.requests, summary.duration, summary.bytes, errors.status,
        errors.connect + errors.write + errors.timeout, errors.read,
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
        latency.max))
end
