package io.breakwater.bootstrap.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The hashes, proofs, names and notes are those of Go's library; {@code bootstrap/checks/tlog/golden.go} printed them. */
class GoldenVectorsTest {
    private static final int ENTRIES = 66_000;
    private static final List<List<String>> LINES = new ArrayList<>();
    private static final Map<TilePath, byte[]> TILES = new HashMap<>();
    private static final Map<Long, String> ROOTS = new HashMap<>();

    @BeforeAll
    static void readVectorsAndBuildATree() throws IOException {
        try (var file = requireNonNull(GoldenVectorsTest.class.getResourceAsStream("/tlog/golden.txt"))) {
            new String(file.readAllBytes(), UTF_8).lines().forEach(line -> LINES.add(Arrays.asList(line.split(" "))));
        }
        var sizes = lines("root").stream().map(line -> line.get(1)).toList();
        var edge = new TreeEdge();
        for (int i = 0; i < ENTRIES; i++) {
            edge.add(new TreeHash().ofEntry(entry(i)), TILES::put);
            if (sizes.contains(Long.toString(edge.size()))) {
                ROOTS.put(edge.size(), Base64.getEncoder().encodeToString(edge.root()));
            }
        }
        edge.writePartial(TILES::put);
    }

    private static byte[] entry(long index) {
        return ("entry " + index).getBytes(UTF_8);
    }

    private static List<List<String>> lines(String kind) {
        var lines = LINES.stream().filter(line -> line.getFirst().equals(kind)).toList();
        assertThat(lines).as("vectors of the kind " + kind).isNotEmpty();
        return lines;
    }

    private static byte[] read(TilePath path) throws IOException {
        var tile = TILES.getOrDefault(path, TILES.get(path.full()));
        if (tile == null) {
            throw new IOException("there is no " + path);
        }
        return tile;
    }

    @Test
    void aGrowingTreeHasTheRoots() {
        for (var line : lines("root")) {
            assertThat(ROOTS.get(Long.valueOf(line.get(1)))).as(line.toString()).isEqualTo(line.get(2));
        }
    }

    @Test
    void tilesHaveTheRootsOfAllSizes() throws IOException {
        var tiles = new HashTiles(ENTRIES, GoldenVectorsTest::read);

        for (var line : lines("root")) {
            assertThat(Base64.getEncoder().encodeToString(tiles.root(Long.parseLong(line.get(1)))))
                    .as(line.toString())
                    .isEqualTo(line.get(2));
        }
    }

    @Test
    void anEdgeThatIsReadFromTilesContinuesTheTree() throws IOException {
        var edge = TreeEdge.read(ENTRIES, GoldenVectorsTest::read);

        assertThat(Base64.getEncoder().encodeToString(edge.root())).isEqualTo(ROOTS.get((long) ENTRIES));
    }

    @Test
    void proofsAreThose() throws IOException {
        for (var line : lines("proof")) {
            long size = Long.parseLong(line.get(1));
            long index = Long.parseLong(line.get(2));
            var edge = new TreeEdge();
            var tiles = new HashMap<TilePath, byte[]>();
            for (int i = 0; i < size; i++) {
                edge.add(new TreeHash().ofEntry(entry(i)), tiles::put);
            }
            edge.writePartial(tiles::put);

            var proof = new HashTiles(size, path -> requireNonNull(tiles.get(path))).inclusionProof(index);

            assertThat(proof.stream().map(Base64.getEncoder()::encodeToString))
                    .as("proof of %s in %s", index, size)
                    .containsExactlyElementsOf(line.subList(3, line.size()));
            var root = new LogProof(index, proof, new SignedNote("")).root(entry(index), size);
            assertThat(root).isEqualTo(edge.root());
        }
    }

    @Test
    void tilesHaveTheNames() {
        for (var line : lines("tile")) {
            var path = new TilePath(
                    Integer.parseInt(line.get(1)), Long.parseLong(line.get(2)), Integer.parseInt(line.get(3)));

            assertThat(path.text()).isEqualTo(line.get(4));
        }
    }

    @Test
    void keysAndNotesAreTheSame() {
        var signer = NoteSigner.parse(lines("skey").getFirst().get(1));
        var vkey = lines("vkey").getFirst().get(1);
        var note =
                new String(Base64.getDecoder().decode(lines("note").getFirst().get(1)), UTF_8);

        assertThat(signer.verifier()).hasToString(vkey);
        assertThat(signer.secretText()).isEqualTo(lines("skey").getFirst().get(1));
        var text = new SignedNote(note).verifiedText(NoteVerifier.parse(vkey));
        assertThat(Checkpoint.parse(text))
                .isEqualTo(new Checkpoint("example.com/audit", 1_000, requireNonNull(ROOTS.get(1_000L))));
        assertThat(signer.sign(text).content()).isEqualTo(note);
    }
}
