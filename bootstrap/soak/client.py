"""A client that can misbehave: it writes HTTP/1.1 by hand, so that it can stop, vanish or send wrong data at any byte."""
import asyncio, ctypes, itertools, json, socket, struct

HOST = "127.0.0.1"
LEGACY, MODERN = "2025-11-25", "2026-07-28"
META = {"io.modelcontextprotocol/protocolVersion": MODERN, "io.modelcontextprotocol/clientCapabilities": {}}
JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
ids = itertools.count(1)


class Lost(Exception):
    """The connection ended before an answer."""


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def messages(self):
        """The JSON-RPC messages, in the order they came: one of a JSON body, any number of a stream."""
        if self.fields.get("content-type", "").startswith("text/event-stream"):
            return events(self.body)
        return [json.loads(self.body)] if self.body else []

    def last(self):
        return (self.messages() or [{}])[-1]

    def text(self):
        """What the tool said."""
        return self.last()["result"]["content"][0]["text"]

    def code(self):
        return self.last().get("error", {}).get("code")


def events(body):
    data = (line[6:] for line in body.decode().split("\n") if line.startswith("data: "))
    return [json.loads(text) for text in data if text]


def message(method, params=None, id=None, modern=False):
    params = dict(params or {})
    if modern:
        params["_meta"] = {**META, **params.get("_meta", {})}
    body = {"jsonrpc": "2.0", "method": method, "params": params}
    return json.dumps({**body, "id": id} if id is not None else body).encode()


def call(tool, arguments, id, modern=False, token=None):
    meta = {"_meta": {"progressToken": token}} if token is not None else {}
    return message("tools/call", {"name": tool, "arguments": arguments, **meta}, id, modern)


def fields_of(method, name=None, modern=False, session=None):
    fields = {**JSON, "MCP-Protocol-Version": MODERN if modern else LEGACY}
    if modern:
        fields["Mcp-Method"] = method
        if name:
            fields["Mcp-Name"] = name
    if session:
        fields["Mcp-Session-Id"] = session
    return fields


class Connection:
    """One connection. It ends with close, reset or freeze."""

    def __init__(self, port, reader, writer):
        self.port, self.reader, self.writer = port, reader, writer
        self.told_to_go = False

    @classmethod
    async def open(cls, port, receive_buffer=None, source=None):
        peer = socket.socket()
        peer.setblocking(False)
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if receive_buffer:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        if source:
            peer.bind((source, 0))
        await asyncio.get_running_loop().sock_connect(peer, (HOST, port))
        return cls(port, *await asyncio.open_connection(sock=peer, limit=receive_buffer or 1 << 20))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *failure):
        self.close()

    @property
    def socket(self):
        return self.writer.get_extra_info("socket")

    def send(self, data):
        self.writer.write(data)

    def begin(self, verb, fields, length=None, path="/mcp"):
        fields = {"Host": f"{HOST}:{self.port}", **fields}
        lines = [f"{verb} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode())

    def post(self, body, fields):
        self.begin("POST", fields, len(body))
        self.send(body)
        return self

    async def ask(self, body, fields):
        return await self.post(body, fields).answer()

    async def head(self):
        try:
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        except (asyncio.IncompleteReadError, OSError) as gone:
            raise Lost(repr(gone)) from None
        fields = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in head[1:] if line)}
        self.told_to_go = fields.get("connection", "").lower() == "close"
        return int(head[0].split(" ")[1]), fields

    async def chunk(self):
        """The next piece of a chunked body; empty at its end."""
        try:
            length = int(await self.reader.readuntil(b"\r\n"), 16)
            return (await self.reader.readexactly(length + 2))[:-2]
        except (asyncio.IncompleteReadError, OSError, ValueError) as gone:
            raise Lost(repr(gone)) from None

    async def chunks(self):
        while piece := await self.chunk():
            yield piece

    async def answer(self):
        status, fields = await self.head()
        try:
            if fields.get("transfer-encoding") == "chunked":
                body = b"".join([piece async for piece in self.chunks()])
            else:
                body = await self.reader.readexactly(int(fields.get("content-length", 0)))
        except (asyncio.IncompleteReadError, OSError) as gone:
            raise Lost(repr(gone)) from None
        return Answer(status, fields, body)

    async def rest(self):
        """The rest of a stream, up to its proper end."""
        return events(b"".join([piece async for piece in self.chunks()]))

    async def closed_by_server(self, seconds):
        """Whether the server ends the connection within this time."""
        try:
            async with asyncio.timeout(seconds):
                while await self.reader.read(1 << 16):
                    pass
            return True
        except TimeoutError:
            return False
        except OSError:
            return True

    def close(self):
        self.writer.close()

    def reset(self):
        """Disconnects without a close; the server's system receives an RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def freeze(self):
        """Vanishes without notice, as with a broken cable: a filter drops all packets without acknowledgement."""
        drop_all = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))  # BPF_RET 0
        program = struct.pack("HP", 1, ctypes.addressof(drop_all))
        self.socket.setsockopt(socket.SOL_SOCKET, 26, program)  # SO_ATTACH_FILTER


async def initialize(connection):
    """Begins a legacy session; returns its id."""
    params = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "soak", "version": "1"}}
    answer = await connection.ask(message("initialize", params, next(ids)), JSON)
    session = answer.fields["mcp-session-id"]
    told = await connection.ask(message("notifications/initialized"), fields_of("", session=session))
    assert told.status == 202, told.status
    return session


async def end_session(connection, session):
    connection.begin("DELETE", {"Mcp-Session-Id": session})
    return (await connection.answer()).status


async def listen(connection, modern, session=None):
    """Opens a stream that stays open: a subscription, or the general stream of a session."""
    if modern:
        body = message("subscriptions/listen", {"notifications": {"toolsListChanged": True}}, next(ids), modern=True)
        connection.post(body, fields_of("subscriptions/listen", modern=True))
    else:
        connection.begin("GET", {**fields_of("", session=session), "Accept": "text/event-stream"})
    status, _ = await connection.head()
    assert status == 200, f"a stream was refused with {status}"
    if modern:
        acknowledged = events(await connection.chunk())
        assert acknowledged[0]["method"] == "notifications/subscriptions/acknowledged", acknowledged
    return connection
