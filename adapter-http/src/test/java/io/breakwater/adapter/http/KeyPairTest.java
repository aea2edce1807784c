package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys that no client would accept. */
class KeyPairTest {
    private static final SelfSigned GOOD = SelfSigned.number(1);
    private static final SelfSigned OTHER = SelfSigned.number(2);

    @TempDir
    private Path folder;

    private final CapturedLog log = CapturedLog.of(Certificates.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    @CoversOutage("TLS: certificate files not valid at the start")
    void aKeyOfAnotherCertificateIsRefused() {
        assertRefused(GOOD.certificates(), OTHER.key(), "the key does not belong to the certificate");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        var rsa = SelfSigned.made(folder, "-keyalg", "RSA", "-keysize", "2048");

        assertRefused(GOOD.certificates(), rsa.key(), "the key does not belong to the certificate");
        rsa.writeTo(tls());
        serving().close();
    }

    @Test
    @CoversOutage("TLS: certificate files not valid at the start")
    void anExpiredCertificateIsRefused() {
        var old = SelfSigned.made(folder, "-keyalg", "EC", "-startdate", "-9d", "-validity", "2");

        assertRefused(old.certificates(), old.key(), "CN=localhost has expired (NotAfter: ");
    }

    @Test
    void aCertificateOfTheFutureIsRefused() {
        var early = SelfSigned.made(folder, "-keyalg", "EC", "-startdate", "+2d", "-validity", "2");

        assertRefused(early.certificates(), early.key(), "CN=localhost is not valid yet (NotBefore: ");
    }

    @Test
    void aChainThatDoesNotHangTogetherIsRefused() {
        var signed = SelfSigned.signed(folder);
        signed.writeTo(tls());
        serving().close();

        assertRefused(
                GOOD.certificates() + OTHER.certificates(),
                GOOD.key(),
                "CN=localhost is not signed by the one that follows it");
        var reversed = signed.certificates().split("(?<=-----END CERTIFICATE-----\n)", -1);
        assertRefused(reversed[1] + reversed[0], signed.key(), "CN=authority is not signed by the one that follows it");
    }

    @Test
    @CoversOutage("TLS: certificate files not valid at the start")
    void filesThatAreNoPemAreRefused() {
        assertRefused("no certificate", GOOD.key(), "PEM");
        assertRefused(GOOD.certificates(), "no key", "PEM");
    }

    @Test
    void anEncryptedKeyIsNamedAsThat() {
        assertRefused(
                GOOD.certificates(),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "the key is encrypted: store it without a password");
        assertRefused(
                GOOD.certificates(),
                "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n",
                "the key is encrypted");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReason() throws IOException {
        SelfSigned.write(tls().certificate(), GOOD.certificates());
        assertThatThrownBy(this::serving).hasMessageContaining(tls().key() + " does not exist. See HttpSettings.Tls");

        Files.createDirectory(tls().key());
        assertThatThrownBy(this::serving)
                .hasMessageContaining(tls().key() + ": it is a directory. See HttpSettings.Tls");
    }

    @Test
    void aMetricReportsTheEndOfTheCertificate() {
        GOOD.writeTo(tls());
        try (var server = serving()) {
            assertThat(server.metrics.certificateEnd())
                    .isEqualTo(KeyPairCheck.end(GOOD.certificate()).getEpochSecond());
            assertThat(server.transport.dependencies())
                    .singleElement()
                    .extracting(Dependency::name)
                    .isEqualTo("HttpSettings.tls");
        }
    }

    @Test
    void filesThatAreReplacedOneAfterTheOtherAreTakenWhenTheyFit() {
        GOOD.writeTo(tls());
        try (var server = serving()) {
            SelfSigned.write(tls().certificate(), OTHER.certificates());
            Eventually.holds(() -> !log.warnings().isEmpty());
            for (int i = 0; i < 5; i++) {
                assertThat(served(server)).isEqualTo(GOOD.certificate());
            }

            SelfSigned.write(tls().key(), OTHER.key());
            Eventually.holds(() -> OTHER.certificate().equals(served(server)));

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("the server keeps the current certificate and key", "does not belong");
        }
    }

    @Test
    @CoversOutage("TLS: certificate files removed")
    void aFileThatIsAwayIsToldOnce() throws IOException {
        GOOD.writeTo(tls());
        try (var server = serving()) {
            Files.delete(tls().key());
            Eventually.holds(() -> !log.warnings().isEmpty());
            for (int i = 0; i < 5; i++) {
                assertThat(served(server)).isEqualTo(GOOD.certificate());
            }

            OTHER.writeTo(tls());
            Eventually.holds(() -> OTHER.certificate().equals(served(server)));

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("the server keeps the current certificate and key", "key.pem does not exist");
        }
    }

    private void assertRefused(String certificates, String key, String why) {
        SelfSigned.write(tls().certificate(), certificates);
        SelfSigned.write(tls().key(), key);

        assertThatThrownBy(this::serving)
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("HttpSettings.Tls.key");
    }

    private HttpSettings.Tls tls() {
        return new HttpSettings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"), Duration.ofMillis(20), null);
    }

    private RunningServer serving() {
        return answering(HttpSettings.defaults().withTls(tls()), (in, reply) -> {});
    }

    /** The certificate of the moment, which is one of two. */
    private static X509Certificate served(RunningServer server) {
        return Stream.of(GOOD, OTHER)
                .filter(known -> isAcceptedBy(known, server))
                .findFirst()
                .orElseThrow()
                .certificate();
    }

    private static boolean isAcceptedBy(SelfSigned known, RunningServer server) {
        try (var socket = (SSLSocket) known.trusted().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.startHandshake();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
