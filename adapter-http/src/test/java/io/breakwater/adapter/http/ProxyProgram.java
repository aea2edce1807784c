package io.breakwater.adapter.http;

import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reverse proxy of the operating system (Debian's packages nginx-light and haproxy), until closed. */
final class ProxyProgram implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final List<Integer> ports;

    private ProxyProgram(Path folder, String configuration, List<Integer> ports, String... command) {
        this.ports = ports;
        this.log = folder.resolve("log");
        try {
            Files.writeString(folder.resolve("configuration"), configuration);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Install " + command[0] + " for this test", e);
        }
        ports.forEach(port -> Eventually.holds(() -> accepts(port)));
    }

    /** An nginx that serves the MCP endpoint below /tools/, and buffers nothing. */
    static ProxyProgram nginx(int server) {
        var folder = Scratch.folder("breakwater-nginx");
        int port = freePort();
        var temporary = new StringBuilder();
        for (var kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary
                    .append(kind)
                    .append("_temp_path ")
                    .append(folder.resolve(kind))
                    .append(";\n");
        }
        var configuration = """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr;
                events { worker_connections 64; }
                http {
                  access_log off;
                  %2$s
                  upstream mcp {
                    server 127.0.0.1:%3$d;
                    keepalive 4;
                  }
                  server {
                    listen 127.0.0.1:%4$d;
                    location /tools/ {
                      proxy_pass http://mcp/;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $host;
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_buffering off;
                      proxy_read_timeout 1h;
                    }
                  }
                }
                """.formatted(folder, temporary, server, port);
        return new ProxyProgram(
                folder,
                configuration,
                List.of(port),
                "nginx",
                "-p",
                folder.toString(),
                "-e",
                "stderr",
                "-c",
                folder.resolve("configuration").toString());
    }

    /**
     * An HAProxy that forwards connections on its first port with the PROXY protocol, version 2, and requests on its
     * second one, to which it adds a credential and X-Forwarded-For.
     */
    static ProxyProgram haproxy(RunningServer server) {
        var folder = Scratch.folder("breakwater-haproxy");
        int connections = freePort();
        int requests = freePort();
        var configuration = """
                global
                  maxconn 64
                  log stderr format raw local0
                defaults
                  log global
                  timeout connect 10s
                  timeout client 1h
                  timeout server 1h
                frontend connections
                  mode tcp
                  bind 127.0.0.1:%1$d
                  default_backend announced
                backend announced
                  mode tcp
                  option log-health-checks
                  option httpchk
                  http-check send meth GET uri /nowhere ver HTTP/1.1 hdr Host mcp.example
                  http-check expect status 404
                  server mcp 127.0.0.1:%2$d send-proxy-v2 check check-send-proxy inter 100ms
                frontend requests
                  mode http
                  bind 127.0.0.1:%3$d
                  http-request set-header Authorization "Bearer from-the-balancer"
                  default_backend named
                backend named
                  mode http
                  option forwardfor
                  server mcp 127.0.0.1:%4$d
                """.formatted(connections, server.transport.proxiedPort(), requests, server.port());
        return new ProxyProgram(
                folder,
                configuration,
                List.of(connections, requests),
                "haproxy",
                "-db",
                "-f",
                folder.resolve("configuration").toString());
    }

    int port() {
        return ports.getFirst();
    }

    int secondPort() {
        return ports.getLast();
    }

    /** All that the program has written. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts(int port) {
        if (!process.isAlive()) {
            throw new AssertionError("The proxy ended: " + log());
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The proxy does not end: " + log());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
