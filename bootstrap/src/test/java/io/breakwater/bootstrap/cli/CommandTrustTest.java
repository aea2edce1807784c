package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.http.SelfSigned;
import io.breakwater.sample.files.Scratch;
import io.breakwater.server.Breakwater;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools} and {@code health} against a server whose certificate no known authority issued. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandTrustTest {
    private static final String ADVICE = "is not trusted: no authority that this client knows has issued it. If you"
            + " trust it, set outbound.trust-store to a PEM file";

    private final SelfSigned certificate = SelfSigned.number(1);
    private final HttpSettings.Tls tls = tls(Scratch.folder("served"));
    private final HttpTransport transport = HttpTransport.with(
            HttpSettings.defaults().withHost("127.0.0.1").withPort(0).withTls(tls));
    private Breakwater server = Breakwater.named("unused").build();
    private CommandRun breakwater = new CommandRun(Path.of(""));

    private static HttpSettings.Tls tls(Path folder) {
        return HttpSettings.Tls.of(folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    @BeforeAll
    void serve() {
        certificate.writeTo(tls);
        server = Breakwater.named("private").build().serve(transport);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void shell(@TempDir Path folder) {
        breakwater = new CommandRun(folder);
    }

    @Test
    void aCertificateThatIsNotTrustedNamesTheSetting() {
        assertThat(breakwater.run("health", "--url", transport.address())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("The certificate of https://127.0.0.1", ADVICE);

        assertThat(breakwater.run("tools", "--url", transport.address())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("The certificate of " + transport.address(), ADVICE);
    }

    @Test
    void trustsTheAuthoritiesOfTheConfiguration() {
        breakwater.variable("BREAKWATER_OUTBOUND_TRUST_STORE", tls.certificate().toString());

        assertThat(breakwater.run("health", "--url", transport.address())).isZero();
        assertThat(breakwater.run("tools", "--url", transport.address())).isZero();
    }

    @Test
    void trustsTheConfiguredServerByItsOwnCertificate() {
        breakwater.variable("BREAKWATER_HTTP_TLS_CERTIFICATE", tls.certificate().toString());
        breakwater.variable("BREAKWATER_HTTP_TLS_KEY", tls.key().toString());
        breakwater.variable(
                "BREAKWATER_HTTP_PORT",
                Integer.toString(URI.create(transport.address()).getPort()));

        assertThat(breakwater.run("health")).isZero();
        assertThat(breakwater.run("tools", "--url", transport.address())).isZero();
    }

    @Test
    void doesNotTrustAnotherCertificateThanThatOfTheConfiguredServer() throws IOException {
        var other = Files.createDirectories(Scratch.folder("other").resolve("own"));
        SelfSigned.number(2).writeTo(tls(other));
        breakwater.variable(
                "BREAKWATER_HTTP_TLS_CERTIFICATE", tls(other).certificate().toString());
        breakwater.variable("BREAKWATER_HTTP_TLS_KEY", tls(other).key().toString());

        assertThat(breakwater.run("health", "--url", transport.address())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains(ADVICE);
    }
}
