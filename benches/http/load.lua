-- What wrk asks for and what it tells. Arguments: nothing, when one address is asked for again and again and wrk does so
-- without our help, which is faster; or a file with one target on each line, to be asked for once each, in turn.
local answered = {}

function setup(thread)
  table.insert(answered, thread)
end

function init(arguments)
  if not arguments[1] then return end
  local requests, turn = {}, 0
  for target in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", target)
  end
  function request()
    turn = turn + 1
    -- Asking again would measure what is kept. run.py refuses a leg that came to the end of its list.
    if turn > #requests then
      ended = true
      wrk.thread:stop()
    end
    return requests[(turn - 1) % #requests + 1]
  end
end

function done(summary, latency)
  local errors, ended = summary.errors, false
  for _, thread in ipairs(answered) do ended = ended or thread:get("ended") or false end
  io.write(string.format(
    '\n{"answers": %d, "seconds": %.6f, "bytes": %d, "errors": %d, "p50": %.3f, "p99": %.3f, "p999": %.3f, "ended": %s}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000, tostring(ended)))
end
