-- wrk script: tools/call with a fresh id each time. Environment: WIRE legacy|modern, TOOL, SESSIONS (comma separated).
local modern = os.getenv("WIRE") == "modern"
local tool = os.getenv("TOOL") or "echo"
local sessions = {}
for id in string.gmatch(os.getenv("SESSIONS") or "", "[^,]+") do sessions[#sessions + 1] = id end
local heads, tail, count = {}, nil, 0

function init()
  local meta = modern and ',"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",' ..
    '"io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}' or ""
  tail = ',"method":"tools/call","params":{"name":"' .. tool .. '","arguments":{"message":"hello world"}' .. meta .. "}}"
  local begin = '{"jsonrpc":"2.0","id":'
  local fields = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
    "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: " ..
    (#begin + 9 + #tail) .. "\r\n"
  if modern then
    fields = fields .. "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: " .. tool .. "\r\n"
  else
    fields = fields .. "MCP-Protocol-Version: 2025-11-25\r\n"
  end
  if #sessions == 0 then heads[1] = fields .. "\r\n" .. begin end
  for i, id in ipairs(sessions) do heads[i] = fields .. "Mcp-Session-Id: " .. id .. "\r\n\r\n" .. begin end
end

function request()
  count = count + 1
  return heads[count % #heads + 1] .. (100000000 + count) .. tail
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
