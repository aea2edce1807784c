package io.breakwater.bootstrap.audit;

import static io.breakwater.bootstrap.audit.SampleLogs.append;
import static io.breakwater.bootstrap.audit.SampleLogs.copy;
import static io.breakwater.bootstrap.audit.SampleLogs.key;
import static io.breakwater.bootstrap.audit.SampleLogs.open;
import static io.breakwater.bootstrap.audit.SampleLogs.verify;
import static io.breakwater.bootstrap.audit.SampleLogs.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.bootstrap.tlog.EntryBundle;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.NoteSigner;
import io.breakwater.bootstrap.tlog.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerificationTest {
    private static final int ENTRIES = 600;

    @TempDir
    Path temporary;

    private Path log;

    @BeforeEach
    void writeALog() {
        log = temporary.resolve("log");
        write(log, ENTRIES);
    }

    private static List<byte[]> entries(Path bundle) throws IOException {
        return new ArrayList<>(EntryBundle.read(Files.readAllBytes(bundle)));
    }

    private VerificationReport against(Path folder, String checkpoint) throws IOException {
        return LogVerification.verify(new LogFolder(folder), key(log), notes(checkpoint), entries -> {});
    }

    private static List<SignedNote> notes(String... contents) {
        return Stream.of(contents).map(SignedNote::new).toList();
    }

    private static String checkpoint(Path folder) throws IOException {
        return Files.readString(folder.resolve("checkpoint"));
    }

    @Test
    void findsNothingInAnUnchangedLog() throws IOException {
        assertThat(verify(log).findings()).isEmpty();
        assertThat(verify(log).entries()).isEqualTo(ENTRIES);
        assertThat(against(log, checkpoint(log)).isValid()).isTrue();
    }

    @Test
    void findsAChangedLine() throws IOException {
        var bundle = log.resolve("tile/entries/001");
        var lines = entries(bundle);
        lines.set(44, new String(lines.get(44), UTF_8).replace("ann", "eve").getBytes(UTF_8));
        Files.write(bundle, EntryBundle.write(lines));

        assertThat(verify(log).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.entry()).isEqualTo(300);
            assertThat(finding.file()).isEqualTo("tile/entries/001");
        });
    }

    @Test
    void findsARemovedLine() throws IOException {
        var bundle = log.resolve("tile/entries/002.p/88");
        var lines = entries(bundle);
        lines.remove(87);
        Files.write(bundle, EntryBundle.write(lines));

        assertThat(verify(log).findings()).first().extracting(Finding::entry).isEqualTo(599L);
    }

    @Test
    void findsAnAddedLine() throws IOException {
        for (var name : List.of("000", "002.p/88")) {
            var changed = copy(log, temporary.resolve("added-" + name.length()));
            var bundle = changed.resolve("tile/entries/" + name);
            var lines = entries(bundle);
            lines.add("{}".getBytes(UTF_8));
            Files.write(bundle, EntryBundle.write(lines));

            assertThat(verify(changed).findings()).first().asString().contains("more entries");
        }
    }

    @Test
    void findsAnyChangeOfASignedFile() throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_124L);
        var files = signedFiles();
        assertThat(files).hasSizeGreaterThanOrEqualTo(8);
        for (int round = 0; round < 120; round++) {
            var file = files.get(random.nextInt(files.size()));
            var original = Files.readAllBytes(file);
            var changed = change(original, random);
            Files.write(file, changed);

            assertThat(verify(log).isValid())
                    .as("round %s: %s with %s bytes instead of %s", round, file, changed.length, original.length)
                    .isFalse();

            Files.write(file, original);
        }
        assertThat(verify(log).isValid()).isTrue();
    }

    private List<Path> signedFiles() throws IOException {
        try (var all = Files.walk(log)) {
            var files = new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(log.resolve("tile")))
                    .toList());
            files.add(log.resolve("checkpoint"));
            return files;
        }
    }

    /** Flips a bit, or cuts, extends or empties the file. */
    private static byte[] change(byte[] original, RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(original, random.nextInt(original.length));
            case 1 -> insert(original, random);
            default -> {
                var changed = original.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
        };
    }

    private static byte[] insert(byte[] original, RandomGenerator random) {
        int at = random.nextInt(original.length);
        var changed = Arrays.copyOf(original, original.length + 1);
        System.arraycopy(original, at, changed, at + 1, original.length - at);
        changed[at] = (byte) (original[at] + 1);
        return changed;
    }

    @Test
    void findsARemovedFile() throws IOException {
        for (var file : signedFiles()) {
            if (file.endsWith("checkpoint")) {
                continue;
            }
            var original = Files.readAllBytes(file);
            Files.delete(file);

            assertThat(verify(log).isValid()).as("without " + file).isFalse();

            Files.write(file, original);
        }
    }

    @Test
    void aCopyOfTheCheckpointShowsThatTheEndWasCut() throws IOException {
        var longer100 = copyOfFirstHundred();
        try (var longer = open(longer100)) {
            append(longer, 100, 200);
        }
        var copied = checkpoint(longer100);
        var cut = temporary.resolve("hundred");

        assertThat(verify(cut).isValid()).as("on its own").isTrue();
        assertThat(LogVerification.verify(new LogFolder(cut), key(cut), notes(copied), entries -> {})
                        .findings())
                .first()
                .asString()
                .contains("end of the log is missing");
    }

    private Path copyOfFirstHundred() throws IOException {
        var hundred = temporary.resolve("hundred");
        write(hundred, 100);
        return copy(hundred, temporary.resolve("hundred-and-more"));
    }

    @Test
    void aCopyOfTheCheckpointShowsThatTheOwnerOfTheKeyRewroteTheHistory() throws IOException {
        var hundred = temporary.resolve("first");
        write(hundred, 100);
        var copied = checkpoint(hundred);
        var rewritten = temporary.resolve("rewritten");
        Files.createDirectory(rewritten);
        for (var name : List.of("signing-key", "verifier-key", "digest-key")) {
            Files.copy(hundred.resolve(name), rewritten.resolve(name));
        }
        try (var other = open(rewritten)) {
            append(other, 1, 201);
        }

        assertThat(verify(rewritten).isValid()).as("on its own").isTrue();
        assertThat(LogVerification.verify(new LogFolder(rewritten), key(hundred), notes(copied), entries -> {})
                        .findings())
                .first()
                .asString()
                .contains("history was rewritten");
    }

    @Test
    void anOlderCheckpointOfTheSameHistoryIsFine() throws IOException {
        for (int size : new int[] {1, 255, 256, 257, 300}) {
            var folder = temporary.resolve("old-" + size);
            write(folder, size);
            var copied = checkpoint(folder);
            try (var longer = open(folder)) {
                append(longer, size, 520);
            }

            assertThat(LogVerification.verify(new LogFolder(folder), key(folder), notes(copied), entries -> {})
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void comparesWithAllCheckpointsAndSaysUpToWhereTheyAgree() throws IOException {
        var honest = temporary.resolve("honest");
        var copies = new ArrayList<String>();
        for (int size : new int[] {0, 40, 300, 520}) {
            try (var growing = open(honest)) {
                append(growing, copies.isEmpty() ? 0 : sizeOf(copies.getLast()), size);
            }
            copies.add(checkpoint(honest));
        }
        var rewritten = temporary.resolve("partly-rewritten");
        Files.createDirectory(rewritten);
        for (var name : List.of("signing-key", "verifier-key", "digest-key")) {
            Files.copy(honest.resolve(name), rewritten.resolve(name));
        }
        try (var other = open(rewritten)) {
            append(other, 0, 299);
            append(other, 700, 1_000);
        }
        var notes = notes(copies.reversed().toArray(String[]::new));

        assertThat(LogVerification.verify(new LogFolder(honest), key(honest), notes, entries -> {}))
                .returns(520L, VerificationReport::confirmed)
                .returns(true, VerificationReport::isValid);
        var report = LogVerification.verify(new LogFolder(rewritten), key(honest), notes, entries -> {});
        assertThat(report.findings())
                .singleElement()
                .asString()
                .contains("the first 300 entries are not those", "; the first 40 entries are.");
        assertThat(report.confirmed()).isEqualTo(40);
    }

    private static int sizeOf(String checkpoint) {
        return Integer.parseInt(checkpoint.lines().toList().get(1));
    }

    @Test
    void aCheckpointOfAnotherLogIsAnError() {
        var other = NoteSigner.generate("example.com/other").sign("example.com/other\n1\n" + "A".repeat(43) + "=\n");

        assertThatThrownBy(() -> against(log, other.content())).isInstanceOf(InvalidNoteException.class);
    }

    @Test
    void countsEntriesThatNoCheckpointSigns() throws IOException {
        var running = open(temporary.resolve("running"));
        append(running, 0, 7);

        var report = verify(temporary.resolve("running"));

        assertThat(report.isValid()).isTrue();
        assertThat(report.entries()).isZero();
        assertThat(report.pending()).isEqualTo(7);
        running.close();
    }

    @Test
    void verifiesALogThatGrows() throws IOException {
        var running = open(temporary.resolve("growing"));
        for (int i = 0; i < 8; i++) {
            append(running, i * 50, i * 50 + 50);
            running.publish();

            assertThat(verify(temporary.resolve("growing")).findings()).isEmpty();
        }
        running.close();
    }

    @Test
    void provesEachEntry() throws IOException {
        var search = EntrySearch.in(new LogFolder(log), key(log));
        for (int i : new int[] {0, 1, 255, 256, 511, 512, 599}) {
            var found = search.find("call-" + i, entries -> {});

            assertThat(found)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.index()).isEqualTo(i));
            assertThat(search.prove(found.getFirst()).text()).startsWith("c2sp.org/tlog-proof@v1\nindex " + i + "\n");
        }
        assertThat(search.find("call-600", entries -> {})).isEmpty();
    }

    @Test
    void provesNothingInAChangedLog() throws IOException {
        var tile = log.resolve("tile/0/000");
        var content = Files.readAllBytes(tile);
        content[32] ^= 1;
        Files.write(tile, content);
        var search = EntrySearch.in(new LogFolder(log), key(log));
        var found = search.find("call-0", entries -> {}).getFirst();

        assertThatThrownBy(() -> search.prove(found)).hasMessageContaining("was changed");
    }
}
