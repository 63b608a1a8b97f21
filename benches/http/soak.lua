-- Asks for the lines of a file in turn, again and again, and counts the answers by what they are.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  requests, turn = {}, 0
  answered, refused, other = 0, 0, 0
  for target in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", target)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function response(status)
  if status == 503 then refused = refused + 1
  elseif status < 400 then answered = answered + 1
  else other = other + 1 end
end

function done(summary, latency)
  local counts = {}
  for _, name in ipairs({"answered", "refused", "other"}) do
    local sum = 0
    for _, thread in ipairs(threads) do sum = sum + thread:get(name) end
    counts[#counts + 1] = string.format('"%s": %d', name, sum)
  end
  local errors = summary.errors
  io.write(string.format('\n{%s, "connect": %d, "read": %d, "write": %d, "timeout": %d, "seconds": %.1f, "p50": %.1f, "p99": %.1f}\n',
    table.concat(counts, ", "), errors.connect, errors.read, errors.write, errors.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
