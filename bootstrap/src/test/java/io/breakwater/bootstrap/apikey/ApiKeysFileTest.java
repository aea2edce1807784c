package io.breakwater.bootstrap.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.bootstrap.host.AtomicFile;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ApiKeysContract;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysFileTest extends ApiKeysContract {
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private CapturedLog log = CapturedLog.of("io.breakwater.bootstrap.apikey");
    private ApiKeysFile opened = ApiKeysFile.open(Path.of("no such file"));

    @BeforeEach
    void place() {
        file = folder.resolve("api_keys.json");
        opened.close();
    }

    @AfterEach
    void end() {
        opened.close();
        log.close();
    }

    @Override
    protected ApiKeys make() {
        opened = ApiKeysFile.open(file);
        return opened;
    }

    @Override
    protected void store(List<GivenKey> keys) throws IOException {
        var stored = keys.stream()
                .map(key -> new StoredKey(
                        key.id(),
                        key.name(),
                        new KeyRights(List.copyOf(key.roles()), List.copyOf(key.scopes()), key.tenant()),
                        CREATED,
                        key.expires(),
                        key.secrets()))
                .toList();
        new AtomicFile(file).write(KeysDocument.format(stored));
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Eventually.holds(condition::getAsBoolean);
    }

    /** Opens the file, which then only the test checks. */
    private void openWithoutTimer() {
        opened = ApiKeysFile.open(file);
        opened.close();
    }

    private String created(String name) {
        return new ApiKeysEditor(file, InstantSource.system())
                .create(new NewKey(name, KeyRights.NONE, null))
                .parts()
                .id();
    }

    private void writeInPlace(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @CoversOutage("API keys: API keys file not valid or not readable")
    void anErrorKeepsTheKeysAndIsLoggedOnce() throws Exception {
        var id = created("reports");
        var good = Files.readString(file);
        openWithoutTimer();

        writeInPlace("{\"keys\": [");
        for (int check = 0; check < 5; check++) {
            opened.check();
        }
        assertThat(opened.find(id)).isPresent();
        assertThat(log.lines())
                .filteredOn(line -> line.contains("has an error"))
                .hasSize(1);

        writeInPlace(good.replace(id, "abcd2345"));
        opened.check();
        assertThat(opened.find(id)).isEmpty();
        assertThat(opened.find("abcd2345")).isPresent();

        writeInPlace("{\"keys\": [");
        opened.check();
        opened.check();
        assertThat(log.lines())
                .filteredOn(line -> line.contains("has an error"))
                .hasSize(2);
    }

    @Test
    void aPartlyWrittenFileIsNotReported() throws Exception {
        created("reports");
        var good = Files.readString(file);
        openWithoutTimer();

        writeInPlace(good.substring(0, 40));
        opened.check();
        writeInPlace(good);
        opened.check();

        assertThat(log.lines()).noneMatch(line -> line.contains("has an error"));
    }

    @Test
    void noticesAChangeThatHasTheOldTimeAndSize() throws Exception {
        var id = created("reports");
        openWithoutTimer();
        var time = Files.getLastModifiedTime(file);

        writeInPlace(Files.readString(file).replace(id, "abcd2345ef"));
        Files.setLastModifiedTime(file, time);
        opened.check();

        assertThat(opened.find("abcd2345ef")).isPresent();
        assertThat(opened.find(id)).isEmpty();
    }

    /** The time is so old that only the time of the last change of the attributes tells that the content is another. */
    @Test
    void noticesAChangeInPlaceWhoseOldTimeAndSizeAreRestored() throws Exception {
        var id = created("reports");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        var before = FileStamp.of(file);

        writeInPlace(Files.readString(file).replace(id, "abcd2345ef"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

        assertThat(FileStamp.of(file)).isNotEqualTo(before);
        assertThat(before).isNotNull().matches(FileStamp::isRecent);
    }

    @Test
    @CoversOutage("API keys: API keys file not valid or not readable")
    void aPipeInPlaceOfTheFileIsLoggedOnceAndReplacedByTheNextFile() throws Exception {
        var id = created("reports");
        openWithoutTimer();
        Files.delete(file);
        makePipe();

        for (int check = 0; check < 4; check++) {
            opened.check();
        }
        assertThat(opened.find(id)).isPresent();
        assertThat(log.lines())
                .filteredOn(line -> line.contains("a pipe or a device, and not a regular file"))
                .hasSize(1);

        Files.delete(file);
        var next = created("others");
        opened.check();
        assertThat(opened.find(id)).isEmpty();
        assertThat(opened.find(next)).isPresent();
    }

    @Test
    @CoversOutage("API keys: API keys file not valid at the start")
    void aStartWithAPipeInPlaceOfTheFileFails() throws Exception {
        makePipe();

        assertThatThrownBy(this::make).hasMessageContaining("not a regular file");
    }

    private void makePipe() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void anOldFileThatIsMovedHereCountsAsAChange() throws Exception {
        created("reports");
        var id = created("other");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        openWithoutTimer();

        var earlier = folder.resolve("earlier.json");
        Files.writeString(earlier, "{\"keys\": []}");
        Files.setLastModifiedTime(earlier, FileTime.fromMillis(1_000_000));
        Files.move(earlier, file, StandardCopyOption.REPLACE_EXISTING);
        opened.check();

        assertThat(opened.find(id)).isEmpty();
    }

    @Test
    @CoversOutage("API keys: API keys file removed")
    void aDeletedFileHasNoKeysButIsGivenTimeToBeReplaced() throws Exception {
        var id = created("reports");
        openWithoutTimer();

        Files.delete(file);
        opened.check();
        assertThat(opened.find(id)).isPresent();
        opened.check();
        assertThat(opened.find(id)).isEmpty();
        assertThat(log.lines()).anyMatch(line -> line.contains(file + " was removed; no key of it is accepted"));

        var next = created("reports");
        opened.check();
        assertThat(opened.find(next)).isPresent();
    }

    @Test
    void anErrorInTheSyntaxEndsWithOneFullStop() throws Exception {
        writeInPlace("{x");

        assertThatThrownBy(this::make)
                .message()
                .contains("the file is not JSON")
                .matches(".*\\d\\.");
    }

    @Test
    void aFileOfAnotherUserIsReportedWithItsOwnerItsModeAndThisUser() throws Exception {
        writeInPlace("{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(KeysFileContent.reason(new AccessDeniedException(file.toString()), file))
                .isEqualTo("the user " + System.getProperty("user.name") + " has no access (the owner is "
                        + Files.getOwner(file).getName() + ", the mode rw-r-----); run 'breakwater key' as the user of"
                        + " the server, or change the owner of the file");
    }

    @Test
    @CoversOutage("API keys: API keys file not valid at the start")
    void aStartWithAnInvalidFileFails() throws Exception {
        writeInPlace("{\"key\": []}");

        assertThatThrownBy(this::make)
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageEndingWith("did you mean keys?");
    }

    @Test
    @CoversOutage("API keys: API keys file not valid at the start")
    void aFileThatEveryUserCanWriteIsRefused() throws Exception {
        created("reports");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(this::make).hasMessageContaining("every user of this machine can write the file");
    }

    @Test
    void aFileThatOthersCanReadIsServedWithAWarning() throws Exception {
        var id = created("reports");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        make();

        assertThat(opened.find(id)).isPresent();
        assertThat(log.lines()).anyMatch(line -> line.contains("(mode rw-r--r--)") && line.contains("chmod 600"));
    }

    @Test
    void aRevokedKeyIsGoneWithinASecond() throws Exception {
        var id = created("reports");
        make();
        assertThat(ApiKeysFile.CHECK_INTERVAL).isLessThanOrEqualTo(Duration.ofMillis(500));

        new ApiKeysEditor(file, InstantSource.system()).revoke(id);

        await(() -> opened.find(id).isEmpty());
    }

    @Test
    void neverLogsASecret() throws Exception {
        var issued =
                new ApiKeysEditor(file, InstantSource.system()).create(new NewKey("reports", KeyRights.NONE, null));
        openWithoutTimer();
        writeInPlace("{\"keys\": \"" + issued.parts().secret() + "\", \""
                + issued.parts().secret() + "\"");
        opened.check();
        opened.check();

        assertThat(log.lines()).anyMatch(line -> line.contains("has an error"));
        assertThat(log.lines()).noneMatch(line -> line.contains(issued.parts().secret()));
        assertThat(issued.toString()).doesNotContain(issued.parts().secret());
    }
}
