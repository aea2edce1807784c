package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.SettingNames;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a certificate in use while time passes, with a clock of the test's own. */
class CertificatesTest {
    @TempDir
    private Path folder;

    private final CapturedLog log = CapturedLog.of(Certificates.class);
    private final Vertx vertx = Vertx.vertx();
    private final List<CheckedKeyPair> used = new CopyOnWriteArrayList<>();
    private final CountDownLatch hung = new CountDownLatch(1);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final AtomicInteger checks = new AtomicInteger();
    private volatile Instant now = Instant.now();
    private volatile boolean hangs;
    private @Nullable Certificates certificates;

    @AfterEach
    void close() {
        hung.countDown();
        if (certificates != null) {
            certificates.close();
        }
        log.close();
        vertx.close().await();
    }

    @Test
    @CoversOutage("TLS: certificate files expired")
    void thatItExpiresIsToldTwoWeeksAheadAndThreeDaysAheadAndAtTheEnd() throws Exception {
        var served = watching(SelfSigned.made(folder, "-keyalg", "EC", "-validity", "90"));
        assertHealthy(served);

        now = now.plus(Duration.ofDays(80));
        Eventually.holds(() -> log.warnings().size() == 1);
        now = now.plus(Duration.ofDays(8));
        Eventually.holds(() -> log.warnings().size() == 2);
        assertHealthy(served);
        now = now.plus(Duration.ofDays(3));
        Eventually.holds(() -> log.warnings().size() == 3);

        assertThat(log.warnings().subList(0, 2))
                .allSatisfy(line -> assertThat(line)
                        .contains("CN=localhost", "cert.pem expires at 20", "HttpSettings.Tls.certificate"));
        assertThat(log.warnings().getLast()).contains("cert.pem expired at 20", "clients refuse it");
        assertThatThrownBy(() -> probe(served)).hasMessage(log.warnings().getLast());
    }

    @Test
    @CoversOutage("TLS: certificate files expired")
    void theHealthCheckTellsTheEndWhereThereIsOne() throws Exception {
        var served = watching(SelfSigned.made(folder, "-keyalg", "EC", "-validity", "90"));
        served.dependency().signal().subscribe(checks::incrementAndGet);

        now = now.plus(Duration.ofDays(91));

        Eventually.holds(() -> checks.get() == 1);
        assertThat(log.warnings()).isEmpty();
        assertThatThrownBy(() -> probe(served)).hasMessageContaining("expired at");

        SelfSigned.made(folder, "-keyalg", "EC", "-startdate", "+80d", "-validity", "90")
                .writeTo(tls());
        Eventually.holds(() -> checks.get() >= 2 && !used.isEmpty());
        assertHealthy(served);
    }

    @Test
    void aCertificateOfAFewDaysIsNotNearItsEndFromTheBeginning() throws Exception {
        watching(SelfSigned.number(1));
        var first = KeyPairCheck.end(SelfSigned.number(1).certificate());

        now = first.minus(Duration.ofHours(15));

        Eventually.holds(() -> !log.warnings().isEmpty());
        assertThat(log.warnings()).singleElement().asString().contains("expires at " + first);
    }

    @Test
    void aPairThatIsNotValidYetIsTakenWhenItIs() throws Exception {
        var served = watching(SelfSigned.made(folder, "-keyalg", "EC", "-validity", "90"));
        var early = SelfSigned.made(folder, "-keyalg", "EC", "-startdate", "+2d", "-validity", "90");

        early.writeTo(tls());
        Eventually.holds(() -> !log.warnings().isEmpty());
        assertThatThrownBy(() -> probe(served)).hasMessageContaining("is not valid yet");
        assertThat(used).isEmpty();
        now = now.plus(Duration.ofDays(3));
        Eventually.holds(() -> !used.isEmpty());

        assertThat(used.getFirst().firstToExpire()).isEqualTo(early.certificate());
        assertThat(log.warnings()).singleElement().asString().contains("is not valid yet");
        Eventually.holds(() -> isHealthy(served));
    }

    @Test
    @CoversOutage("TLS: certificate files not valid after a change")
    void aPairThatCannotBeTakenIsInTheHealthReportUntilTheFilesFitAgain() throws Exception {
        var served = watching(SelfSigned.number(1));
        served.dependency().signal().subscribe(checks::incrementAndGet);

        SelfSigned.write(tls().key(), SelfSigned.number(2).key());
        Eventually.holds(() -> checks.get() == 1);
        assertThatThrownBy(() -> probe(served))
                .hasMessageContaining("the server keeps the current certificate and key", "does not belong");
        assertThat(log.warnings()).as("left to the health check").isEmpty();

        Files.delete(tls().key());
        Eventually.holds(() -> checks.get() == 2);
        assertThat(log.warnings())
                .as("another reason")
                .singleElement()
                .asString()
                .contains("key.pem does not exist");

        SelfSigned.number(1).writeTo(tls());
        Eventually.holds(() -> checks.get() == 3);
        assertHealthy(served);
    }

    @Test
    void whatIsNoRegularFileIsNeverOpened() throws Exception {
        watching(SelfSigned.number(1));
        Files.delete(tls().certificate());
        assertThat(new ProcessBuilder("mkfifo", tls().certificate().toString())
                        .start()
                        .waitFor())
                .isZero();
        Eventually.holds(
                () -> log.warnings().stream().anyMatch(line -> line.contains("cert.pem: it is not a regular file")));

        SelfSigned.number(2).writeTo(tls());

        Eventually.holds(() -> !used.isEmpty());
    }

    @Test
    @CoversOutage("TLS: certificate files on a file system that is frozen")
    void reportsASilentFileSystemWithoutBlockingRequests() throws Exception {
        hangs = true;
        var served = watching(SelfSigned.number(1));
        assertThat(reading.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertHealthy(served);

        now = now.plus(Duration.ofSeconds(31));

        assertThatThrownBy(() -> probe(served)).hasMessageContaining("has not ended since", "file system");
        served.close();
        assertThat(hung.getCount()).as("the look is left behind").isOne();
    }

    private Certificates watching(SelfSigned pair) throws IOException, GeneralSecurityException {
        now = Instant.now(); // after the certificate was made
        pair.writeTo(tls());
        var started = new Certificates(
                tls(),
                new SlowFiles(),
                KeyPairFiles.read(tls()).checked(vertx, now),
                used::add,
                () -> now,
                SettingNames.JAVA);
        certificates = started;
        started.watch();
        return started;
    }

    private static void probe(Certificates served) throws Exception {
        served.dependency().probe().probe(ManualCallContext.unhurried());
    }

    private static void assertHealthy(Certificates served) {
        assertThatCode(() -> probe(served)).doesNotThrowAnyException();
    }

    private static boolean isHealthy(Certificates served) {
        try {
            probe(served);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private HttpSettings.Tls tls() {
        return new HttpSettings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"), Duration.ofMillis(20), null);
    }

    /** The real files, on a file system that may hang. */
    private final class SlowFiles implements Certificates.Source {
        @Override
        public KeyPairFiles read() throws IOException {
            reading.countDown();
            while (hangs && hung.getCount() > 0) {
                awaitUninterruptibly();
            }
            return KeyPairFiles.read(tls());
        }

        private void awaitUninterruptibly() {
            try {
                hung.await();
            } catch (InterruptedException e) {
                // as a read of a file would not end either
            }
        }

        @Override
        public CheckedKeyPair check(KeyPairFiles files) throws GeneralSecurityException {
            return files.checked(vertx, now);
        }
    }
}
