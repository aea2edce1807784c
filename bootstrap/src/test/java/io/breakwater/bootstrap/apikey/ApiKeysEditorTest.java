package io.breakwater.bootstrap.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysEditorTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private Instant now = START;

    @BeforeEach
    void place() {
        file = folder.resolve("config").resolve("api_keys.json");
    }

    private ApiKeysEditor editor() {
        return new ApiKeysEditor(file, () -> now);
    }

    private IssuedKey create(String name) {
        return editor().create(new NewKey(name, KeyRights.NONE, null));
    }

    private static boolean accepts(StoredKey key, IssuedKey issued) {
        return ApiKeyFormat.matches(
                issued.parts().secret(),
                key.secrets().stream().map(SecretDigest::sha256).toList());
    }

    @Test
    void createsAKeyWhoseSecretIsStoredAsADigestOnly() throws IOException {
        var rights = new KeyRights(List.of("reader"), List.of("tools:read"), "acme");
        var issued = editor().create(new NewKey("reports", rights, Duration.ofDays(90)));

        var stored = editor().list();
        assertThat(stored).hasSize(1);
        assertThat(stored.getFirst().id()).isEqualTo(issued.parts().id());
        assertThat(stored.getFirst().rights()).isEqualTo(rights);
        assertThat(stored.getFirst().created()).isEqualTo(START);
        assertThat(stored.getFirst().expires()).isEqualTo(START.plus(Duration.ofDays(90)));
        assertThat(accepts(stored.getFirst(), issued)).isTrue();
        assertThat(Files.readString(file)).doesNotContain(issued.parts().secret());
    }

    @Test
    void twoKeysNeverHaveOneName() {
        var id = create("reports").parts().id();

        assertThatThrownBy(() -> create("reports"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("breakwater key rotate " + id);
    }

    /** The server refuses such a file, so a change of it would have no effect. */
    @Test
    void aFileThatEveryUserCanWriteIsNotChanged() throws IOException {
        var id = create("reports").parts().id();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> create("other"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("every user of this machine can write the file; run: chmod 600");
        assertThatThrownBy(() -> editor().revoke(id)).hasMessageContaining("chmod 600");
        assertThat(Files.readString(file)).doesNotContain("other");
    }

    @Test
    void revokesAKey() {
        var reports = create("reports");
        create("other");

        assertThat(editor().revoke(reports.parts().id()).name()).isEqualTo("reports");
        assertThat(editor().list()).extracting(StoredKey::name).containsExactly("other");
    }

    @Test
    void aKeyIsFoundByItsNameUnlessThatIsTheIdOfAnother() {
        var id = create("reports").parts().id();
        create(id);

        assertThat(editor().rotate("reports", Duration.ZERO).parts().id()).isEqualTo(id);
        assertThat(editor().revoke(id).name()).isEqualTo("reports");
        assertThat(editor().revoke(id).name()).isEqualTo(id);
        assertThat(editor().list()).isEmpty();
    }

    @Test
    void anUnknownKeyIsNotChangedAndASimilarOneIsSuggested() {
        create("reports");

        assertThatThrownBy(() -> editor().revoke("reprots"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("There is no key 'reprots'. Did you mean reports?");
        assertThatThrownBy(() -> editor().rotate("zzzzzzzz", Duration.ZERO))
                .hasMessage("There is no key 'zzzzzzzz'. 'breakwater key list' lists all keys.");
        assertThat(editor().list()).hasSize(1);
    }

    @Test
    void bothSecretsAreStoredDuringTheOverlapOfARotation() {
        var first = create("reports");
        var second = editor().rotate(first.parts().id(), Duration.ofHours(24));

        var stored = editor().list().getFirst();
        assertThat(second.parts().id()).isEqualTo(first.parts().id());
        assertThat(accepts(stored, first)).isTrue();
        assertThat(accepts(stored, second)).isTrue();
        assertThat(stored.secrets().getFirst().expires()).isNull();
        assertThat(stored.secrets().getLast().expires()).isEqualTo(START.plus(Duration.ofHours(24)));
        assertThat(stored.isRotating(now)).isTrue();
        assertThat(stored.isRotating(now.plus(Duration.ofHours(24)))).isFalse();
        assertThat(stored.rotationEnd(now)).contains(START.plus(Duration.ofHours(24)));
        assertThat(stored.rotationEnd(now.plus(Duration.ofHours(24)))).isEmpty();
    }

    @Test
    void aSecondRotationDoesNotProlongAnEarlierSecret() {
        var first = create("reports");
        var second = editor().rotate(first.parts().id(), Duration.ofHours(1));
        editor().rotate(first.parts().id(), Duration.ofHours(24));

        var stored = editor().list().getFirst();
        assertThat(stored.secrets())
                .extracting(SecretDigest::expires)
                .containsExactly(null, START.plus(Duration.ofHours(24)), START.plus(Duration.ofHours(1)));
        assertThat(stored.rotationEnd(now)).contains(START.plus(Duration.ofHours(24)));

        now = START.plus(Duration.ofHours(2));
        editor().rotate(first.parts().id(), Duration.ZERO);
        assertThat(editor().list().getFirst().secrets()).hasSize(1);
        assertThat(accepts(editor().list().getFirst(), second)).isFalse();
    }

    @Test
    void anExpiredKeyCannotBeRotated() {
        var issued = editor().create(new NewKey("reports", KeyRights.NONE, Duration.ofDays(1)));
        now = START.plus(Duration.ofDays(1));

        assertThat(editor().list().getFirst().isValid(now)).isFalse();
        assertThatThrownBy(() -> editor().rotate(issued.parts().id(), Duration.ZERO))
                .hasMessageContaining("expired at 2026-02-01T12:00:00Z");
    }

    @Test
    void anInvalidFileIsNotTouched() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"keys\": [");

        assertThatThrownBy(() -> create("reports"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("has an error: the file is not JSON");
        assertThat(file).hasContent("{\"keys\": [");
    }

    @Test
    void concurrentChangesAreAllKept() throws Exception {
        int threads = 8;
        int each = 5;
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var work = IntStream.range(0, threads)
                    .<Callable<Void>>mapToObj(thread -> () -> {
                        for (int i = 0; i < each; i++) {
                            create("key-" + thread + "-" + i);
                        }
                        return null;
                    })
                    .toList();
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }

        assertThat(editor().list()).hasSize(threads * each);
    }

    @Test
    void processesWaitForEachOther() throws Exception {
        create("first");
        int processes = 2;
        var running = IntStream.range(0, processes).mapToObj(this::process).toList();
        for (var process : running) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(editor().list()).hasSize(1 + processes * OtherProcess.KEYS);
    }

    private Process process(int number) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            file.toString(),
                            "process-" + number)
                    .inheritIO()
                    .start();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Another process that changes the file. */
    static final class OtherProcess {
        static final int KEYS = 20;

        private OtherProcess() {}

        public static void main(String[] args) {
            var editor = new ApiKeysEditor(Path.of(args[0]), () -> START);
            for (int i = 0; i < KEYS; i++) {
                editor.create(new NewKey(args[1] + "-" + i, KeyRights.NONE, null));
            }
        }
    }
}
