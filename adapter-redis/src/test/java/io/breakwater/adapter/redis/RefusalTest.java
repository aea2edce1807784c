package io.breakwater.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.breakwater.adapter.redis.RedisSettings.Login;
import io.breakwater.adapter.redis.RedisSettings.Tls;
import io.breakwater.port.PortException;
import io.breakwater.sample.redis.Certificates;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The message of a refusal contains the reason, and no secret and no address. */
@Tag("server")
class RefusalTest {
    private static final String SECRET = "Zwetschgenknoedel";

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static RedisServer open;
    private static RedisServer secured;

    @BeforeAll
    static void start() {
        certificates = new Certificates(folder);
        open = RedisServer.start(RedisProgram.BUNDLED);
        secured = secured(certificates.server(), "no");
    }

    @AfterAll
    static void stop() {
        open.close();
        secured.close();
    }

    private static RedisServer secured(Certificates.Pair own, String clients) {
        return RedisServer.secured(RedisProgram.BUNDLED, certificates, own, clients, "right");
    }

    @Test
    void acceptsAClientWithThePassword() {
        assertThat(failureOf(toSecured(trusting(certificates.authority())).withLogin(new Login("default", "right"))))
                .isNull();
    }

    @Test
    void saysThatThePasswordIsWrong() {
        refuses(
                toSecured(trusting(certificates.authority())).withLogin(new Login("default", SECRET)),
                "Redis refuses the user or the password.");
    }

    @Test
    void saysThatThereIsNoSuchUser() {
        refuses(
                toSecured(trusting(certificates.authority())).withLogin(new Login("nobody", SECRET)),
                "Redis refuses the user or the password.");
    }

    @Test
    void saysThatAPasswordIsMissing() {
        refuses(
                toSecured(trusting(certificates.authority())),
                "Redis requires a password, but none is set; add it to the URL.");
    }

    @Test
    void saysThatTheUserMayNotDoWhatIsNeeded() {
        open.tell(jedis -> jedis.aclSetUser("poor", "reset", "on", ">" + SECRET, "+ping"));

        refuses(
                RedisSettings.single(open.url()).withLogin(new Login("poor", SECRET)),
                "The Redis user does not have the permissions that the server needs.");
    }

    @Test
    void trustsNoAuthorityThatIsNotNamed() {
        refusesTheCertificate(toSecured(Tls.system()));
    }

    @Test
    void trustsNoCertificateOfAnotherHost() {
        try (var elsewhere = secured(certificates.elsewhere(), "no")) {
            refusesTheCertificate(RedisSettings.single("rediss://:right@localhost:" + elsewhere.port())
                    .withTls(trusting(certificates.authority())));
        }
    }

    @Test
    void isUnavailableWithoutTheCertificateThatRedisAsksFor() {
        try (var strict = secured(certificates.server(), "yes")) {
            var settings = RedisSettings.single("rediss://:right@localhost:" + strict.port());

            assertThat(failureOf(settings.withTls(trusting(certificates.authority()))))
                    .isInstanceOf(PortException.UnavailableException.class);
            assertThat(failureOf(settings.withTls(new Tls(
                            certificates.authority(),
                            certificates.client().certificate(),
                            certificates.client().key()))))
                    .isNull();
        }
    }

    @Test
    void isUnavailableWhenOnlyTheServerEncrypts() {
        assertThat(failureOf(RedisSettings.single("redis://localhost:" + secured.port())))
                .isInstanceOf(PortException.UnavailableException.class);
    }

    @Test
    void saysThatTheServerDoesNotEncrypt() {
        refuses(
                RedisSettings.single("rediss://localhost:" + open.port()),
                "The server at the URL of Redis does not answer with TLS; write redis:// instead of rediss:// if it has none.");
    }

    @Test
    void saysThatThereIsNoSuchDatabase() {
        refuses(
                RedisSettings.single(open.url() + "/99"),
                "Redis has no database with the number at the end of the URL; use a number that exists.");
    }

    @Test
    void saysThatTheServerSpeaksHttp() throws IOException {
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        try {
            refuses(
                    RedisSettings.single("redis://127.0.0.1:" + web.getAddress().getPort()),
                    "The server at the URL of Redis uses HTTP, not the Redis protocol.");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void saysThatTheHostIsNotKnown() {
        refuses(RedisSettings.single("redis://host.invalid"), "The host name of Redis cannot be resolved.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void namesTheFileThatHoldsNoCertificate(String content) throws IOException {
        var file = Files.writeString(folder.resolve("bad.pem"), content);

        assertThatThrownBy(() -> RedisServices.open(toSecured(trusting(file))))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("RedisSettings.Tls.authorities")
                .hasMessageContaining("bad.pem");
    }

    @Test
    void namesTheFileThatIsNotThereAndTheKeyThatIsNone() {
        var own = certificates.client();

        assertThatThrownBy(() -> RedisServices.open(toSecured(trusting(folder.resolve("missing.pem")))))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("missing.pem cannot be read");
        assertThatThrownBy(() -> RedisServices.open(
                        toSecured(trusting(folder.resolve("missing.pem"))), component -> "key of " + component))
                .hasMessageStartingWith("key of RedisSettings.Tls.authorities: ");
        assertThatThrownBy(() -> RedisServices.open(toSecured(new Tls(null, own.certificate(), own.certificate()))))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("RedisSettings.Tls.key")
                .hasMessageContaining("BEGIN PRIVATE KEY");
    }

    @ParameterizedTest
    @CsvSource({"A, incomplete", "AAAA, neither RSA"})
    void namesTheKeyThatCannotBeUsed(String content, String complaint) throws IOException {
        var key = Files.writeString(
                folder.resolve("bad-key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + content + "\n-----END PRIVATE KEY-----\n");
        var certificate = certificates.client().certificate();

        assertThatThrownBy(() -> RedisServices.open(toSecured(new Tls(null, certificate, key))))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("bad-key.pem")
                .hasMessageContaining(complaint);
    }

    private static RedisSettings toSecured(Tls tls) {
        return RedisSettings.single("rediss://localhost:" + secured.port()).withTls(tls);
    }

    private static Tls trusting(Path authorities) {
        return new Tls(authorities, null, null);
    }

    private static void refusesTheCertificate(RedisSettings settings) {
        refuses(
                settings,
                "The TLS connection to Redis failed; check that its certificate is trusted and valid for the host.");
    }

    private static void refuses(RedisSettings settings, String words) {
        var failure = failureOf(settings);

        assertThat(failure)
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessage(words);
        assertThat(traceOf(failure)).doesNotContain(SECRET);
    }

    private static Throwable failureOf(RedisSettings settings) {
        var patient = settings.withTimes(Duration.ofSeconds(20), Duration.ofSeconds(2));
        try (var redis = RedisServices.open(patient)) {
            return catchThrowable(() -> Operation.GET.on(redis));
        }
    }

    private static String traceOf(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
