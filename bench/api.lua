-- wrk's side of `python -m bench.api`: each request asks about another text; a pause keeps the wanted rate.
-- Arguments: a file of bodies (a JSON object a line), the pause of each connection in milliseconds, the path.
local bodies, at, pause, path = {}, 0, 0, ""
local threads = {}

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do table.insert(bodies, line) end
  pause, path = tonumber(args[2]), args[3]
  at = id * 7919
  statuses = {}
end

function delay()
  return math.floor(pause)
end

function request()
  at = at % #bodies + 1
  return wrk.format("POST", path, {["Content-Type"] = "application/json"}, bodies[at])
end

function response(status)
  statuses[status] = (statuses[status] or 0) + 1
end

function done(summary, latency)
  local found = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do found[status] = (found[status] or 0) + count end
  end
  local parts = {}
  for status, count in pairs(found) do table.insert(parts, string.format('"%d": %d', status, count)) end
  io.write(string.format(
    '\n{"seconds": %f, "requests": %d, "p50": %f, "p99": %f, "p999": %f, "max": %f, "unanswered": %d, "statuses": {%s}}\n',
    summary.duration / 1e6, summary.requests, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency:percentile(99.9) / 1e3, latency.max / 1e3,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    table.concat(parts, ", ")))
end
