package io.breakwater.adapter.postgres.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.postgres.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake in an address is named in the log for what it is, with host and port. */
@Tag("server")
@Tag("debian")
class ConnectionFailureTest {
    private static Cluster cluster = Cluster.start();

    @BeforeAll
    static void prepare() {
        cluster.execute(
                "CREATE ROLE locked LOGIN PASSWORD 'right'",
                "CREATE ROLE encrypted LOGIN",
                "CREATE ROLE visitor LOGIN",
                "CREATE ROLE group_only NOLOGIN",
                "CREATE DATABASE private",
                "REVOKE CONNECT ON DATABASE private FROM PUBLIC",
                "DO $$ BEGIN EXECUTE format('COPY (VALUES (%L), (%L), (%L)) TO %L',"
                        + " 'host all locked 127.0.0.1/32 scram-sha-256', 'hostnossl all encrypted 127.0.0.1/32 reject',"
                        + " 'host all all 127.0.0.1/32 trust', current_setting('hba_file')); END $$",
                "SELECT pg_reload_conf()");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void anUnknownHost() {
        named("reader@no-such-host.invalid/shop", "no-such-host.invalid:5432/shop: DNS does not know the host name");
    }

    @Test
    void aRefusedPort() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        named("reader@127.0.0.1:" + port + "/shop", "127.0.0.1:" + port + "/shop: the connection is refused");
    }

    @Test
    void aSilentServer() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = silent.getLocalPort();
            named(
                    "reader@127.0.0.1:" + port + "/shop?sslmode=disable&socketTimeout=1",
                    "127.0.0.1:" + port + "/shop: the server does not answer in time");
            named(
                    "reader@127.0.0.1:" + port + "/shop?loginTimeout=1",
                    "127.0.0.1:" + port + "/shop: the server does not answer in time");
        }
    }

    @Test
    void aSilentServerDoesNotHoldUpTheEnd() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var warnings = CapturedLog.ofWarnings("com.zaxxer.hikari")) {
            var url = ConnectionString.of("postgresql://reader@127.0.0.1:" + silent.getLocalPort() + "/shop");
            var pool = new RecordedMetrics().pool(url, new PoolSettings(1, 1, Duration.ofSeconds(60), Duration.ZERO));
            try (var attempt = silent.accept()) {
                assertThat(attempt.isConnected()).isTrue();
                pool.close();
            }

            assertThat(warnings.count("Timed-out waiting")).isZero();
        }
    }

    @Test
    void aServerThatSpeaksHttp() throws IOException {
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        int port = web.getAddress().getPort();
        try {
            var place = "127.0.0.1:" + port + "/shop: the server uses HTTP, not the PostgreSQL protocol";
            named("reader@127.0.0.1:" + port + "/shop?sslmode=disable&socketTimeout=1", place);
            named("reader@127.0.0.1:" + port + "/shop?sslResponseTimeout=500&socketTimeout=1", place);
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aServerThatSpeaksAnotherProtocol() throws IOException {
        try (var mail = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> greet(mail, "220 mail.example.com ESMTP\r\n"));
            int port = mail.getLocalPort();
            named(
                    "reader@127.0.0.1:" + port + "/shop",
                    "127.0.0.1:" + port + "/shop: the server does not use the PostgreSQL protocol");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=disable&socketTimeout=1",
                "sslmode=prefer&loginTimeout=1",
                "sslmode=require&loginTimeout=1"
            })
    void aServerThatSpeaksSsh(String parameters) throws IOException {
        try (var shell = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> greet(shell, "SSH-2.0-OpenSSH_9.6\r\n"));
            int port = shell.getLocalPort();
            named(
                    "reader@127.0.0.1:" + port + "/shop?" + parameters,
                    "127.0.0.1:" + port + "/shop: the server uses SSH, not the PostgreSQL protocol");
        }
    }

    /** Greets each client and reads what it says until it goes. */
    private static void greet(ServerSocket server, String banner) {
        try {
            while (true) {
                var client = server.accept();
                Thread.startVirtualThread(() -> greet(client, banner));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void greet(Socket client, String banner) {
        try (client) {
            client.getOutputStream().write(banner.getBytes(US_ASCII));
            var unused = client.getInputStream().readAllBytes();
        } catch (IOException gone) {
            // the client has seen enough
        }
    }

    @Test
    void aPasswordThatIsWrongOrMissing() {
        named(cluster.url("locked:wrong"), "/postgres: the server rejects the password (SQLSTATE 28P01).");
        named(cluster.url("locked"), "/postgres: the server requires a password, but the address has none");
    }

    @Test
    void aRoleThatIsNotAdmitted() {
        named(cluster.url("nobody"), "/postgres: the role does not exist (SQLSTATE 28000).");
        named(cluster.url("group_only"), "/postgres: the role has the attribute NOLOGIN, so it may not log in");
    }

    @Test
    void aDatabaseThatDoesNotExistOrIsClosedToTheRole() {
        named(
                cluster.url("visitor").replace("/postgres", "/shop"),
                "/shop: the database does not exist (SQLSTATE 3D000).");
        named(cluster.url("locked:right").replace("/postgres", "/private"), "the role lacks the CONNECT privilege");
    }

    @Test
    void aConnectionLimitOfTheRoleOrOfTheDatabase() {
        cluster.execute("CREATE ROLE limited LOGIN CONNECTION LIMIT 0", "CREATE DATABASE small CONNECTION LIMIT 0");

        named(cluster.url("limited"), "/postgres: the role has as many connections as its CONNECTION LIMIT allows");
        named(
                cluster.url("visitor").replace("/postgres", "/small"),
                "/small: the database has as many connections as its CONNECTION LIMIT allows");
    }

    @Test
    void tlsThatOneSideWantsAlone() {
        named(cluster.url("visitor") + "?sslmode=require", "sslmode requires TLS, but the server does not support it");
        named(cluster.url("encrypted"), "pg_hba.conf admits only connections with TLS");
    }

    private static void named(String address, String words) {
        var url = ConnectionString.of(address.startsWith("postgresql") ? address : "postgresql://" + address);
        var settings = new PoolSettings(1, 1, Duration.ofSeconds(60), Duration.ZERO);
        try (var log = CapturedLog.of(LoggingOutageLog.class);
                var pool = new RecordedMetrics().pool(url, settings)) {
            assertThat(log.await(words))
                    .startsWith("test: No connection to PostgreSQL at ")
                    .doesNotContain("locked");
            assertThat(pool.isExhausted()).isFalse();
        }
    }
}
