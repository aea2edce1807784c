-- wrk script: tools/call with a fresh id each time. Environment: WIRE legacy|modern, TOOL, SESSIONS (comma separated),
-- ARGUMENTS (JSON; a # in it becomes a number, one of COUNT from FIRST on, all with as many digits, in scattered order),
-- FURTHER (lines of a tool, a space and its arguments; all tools are called in turn),
-- EXPECT (text that each answer must contain; the check costs wrk some time), CREDENTIAL (sent as a bearer token).
local modern = os.getenv("WIRE") == "modern"
local tool = os.getenv("TOOL") or "echo"
local arguments = os.getenv("ARGUMENTS") or '{"message":"hello world"}'
local first, numbers = tonumber(os.getenv("FIRST") or 0), tonumber(os.getenv("COUNT") or 1)
local expected = os.getenv("EXPECT")
local sessions = {}
for id in string.gmatch(os.getenv("SESSIONS") or "", "[^,]+") do sessions[#sessions + 1] = id end
local kinds, count = {}, 0
local threads = {}
unexpected = 0

function setup(thread) threads[#threads + 1] = thread end

local function kind(tool, arguments)
  local meta = modern and ',"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",' ..
    '"io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}' or ""
  local tail = ',"method":"tools/call","params":{"name":"' .. tool .. '","arguments":' .. arguments .. meta .. "}}"
  local place = string.find(tail, "#", 1, true)
  local before, after = string.sub(tail, 1, place and place - 1 or -1), place and string.sub(tail, place + 1)
  local begin = '{"jsonrpc":"2.0","id":'
  local fields = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
    "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: " ..
    (#begin + 9 + #tail + (place and #tostring(first) - 1 or 0)) .. "\r\n"
  if modern then
    fields = fields .. "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: " .. tool .. "\r\n"
  else
    fields = fields .. "MCP-Protocol-Version: 2025-11-25\r\n"
  end
  local credential = os.getenv("CREDENTIAL")
  if credential then fields = fields .. "Authorization: Bearer " .. credential .. "\r\n" end
  local heads = {}
  if #sessions == 0 then heads[1] = fields .. "\r\n" .. begin end
  for i, id in ipairs(sessions) do heads[i] = fields .. "Mcp-Session-Id: " .. id .. "\r\n\r\n" .. begin end
  return {heads = heads, before = before, after = after}
end

function init()
  kinds[1] = kind(tool, arguments)
  for name, json in string.gmatch(os.getenv("FURTHER") or "", "(%S+) ([^\n]+)") do kinds[#kinds + 1] = kind(name, json) end
end

function request()
  count = count + 1
  local kind = kinds[count % #kinds + 1]
  local text = kind.heads[count % #kind.heads + 1] .. (100000000 + count) .. kind.before
  return kind.after and text .. (first + count * 7919 % numbers) .. kind.after or text
end

if expected then
  function response(status, fields, body)
    if not string.find(body, expected, 1, true) then unexpected = unexpected + 1 end
  end
end

function done(summary, latency)
  local e, wrong = summary.errors, 0
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("unexpected") end
  io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout + wrong))
end
