"""A connection to a PostgreSQL server without authentication: simple queries, answers as lists of texts."""
import select, socket, struct, time


class Refused(Exception):
    """An error of the server."""

    def __init__(self, state, message):
        super().__init__(f"{state}: {message}")
        self.state = state


class Connection:
    def __init__(self, port, database="postgres", user="postgres"):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        words = f"user\0{user}\0database\0{database}\0application_name\0uninterruptible\0\0".encode()
        self.socket.sendall(struct.pack("!ii", len(words) + 8, 196608) + words)
        self.pid = None
        self.answer()

    def send(self, sql):
        text = sql.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!i", len(text) + 4) + text)

    def speaks_within(self, seconds):
        return bool(select.select([self.socket], [], [], max(0, seconds))[0])

    def answer(self):
        """The rows of what was sent last."""
        rows, refused = [], None
        while True:
            kind, body = self.message()
            if kind == b"D":
                rows.append(fields(body))
            elif kind == b"E":
                refused = refused or refusal(body)
            elif kind == b"K":
                self.pid = struct.unpack("!i", body[:4])[0]
            elif kind == b"Z":
                if refused:
                    raise refused
                return rows

    def message(self):
        kind, length = struct.unpack("!ci", self.exactly(5))
        return kind, self.exactly(length - 4)

    def exactly(self, count):
        parts = []
        while count:
            part = self.socket.recv(min(count, 1 << 20))
            if not part:
                raise ConnectionError("the server closed the connection")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def run(self, sql, patience=120):
        self.send(sql)
        if not self.speaks_within(patience):
            raise TimeoutError(sql[:80])
        return self.answer()

    def close(self):
        self.socket.close()


def fields(body):
    row, at = [], 2
    for _ in range(struct.unpack("!h", body[:2])[0]):
        length = struct.unpack("!i", body[at:at + 4])[0]
        at += 4
        row.append(None if length < 0 else body[at:at + length].decode("utf-8", "replace"))
        at += max(length, 0)
    return row


def refusal(body):
    parts = {part[:1]: part[1:].decode("utf-8", "replace") for part in body.split(b"\0") if part}
    return Refused(parts.get(b"C", ""), parts.get(b"M", ""))


def until(holds, seconds):
    """Whether that holds before the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()
