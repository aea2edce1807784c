package io.breakwater.core.presentation.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class TreeReaderTest {
    private static final int MESSAGES = 50;
    private static final int NAMES = 20;
    private static final long LITTLE = 16L << 20;

    private final TreeReader reader = TreeReader.upTo(1 << 20);

    @Test
    void keepsNoLongNamesOfBytes() {
        assertThat(growth(document -> reader.read(document.getBytes(UTF_8)), "}"))
                .isLessThan(LITTLE);
    }

    @Test
    void keepsNoLongNamesOfText() {
        assertThat(growth(reader::read, "}")).isLessThan(LITTLE);
    }

    @Test
    void keepsNoLongNamesOfDocumentsThatItRefuses() {
        Consumer<String> refused = document ->
                assertThatThrownBy(() -> reader.read(document.getBytes(UTF_8))).isInstanceOf(JacksonException.class);

        assertThat(growth(refused, "]")).isLessThan(LITTLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, TreeReader.MAX_SHARED_NAME_BYTES, TreeReader.MAX_SHARED_NAME_BYTES + 1, 50_000})
    void readsNamesOfEveryLength(int length) {
        var name = "n".repeat(length);
        var document = "{\"first\":[{\"" + name + "\":1}],\"" + name + "\":2}";

        for (var tree : new Object[] {reader.read(document), reader.read(document.getBytes(UTF_8))}) {
            assertThat(tree).hasToString(document);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+999999999", "1E-999999999", "1.234E+999999999"})
    void readsWhatItHasReadAgain(String number) {
        var tree = reader.read(number.getBytes(UTF_8));

        assertThat(tree).hasToString(number);
        assertThat(reader.read(tree.toString())).isEqualTo(tree);
    }

    @Test
    void refusesNamesBeyondEveryUse() {
        assertThatThrownBy(() -> reader.read("{\"" + "n".repeat(50_001) + "\":1}"))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesALongNameGivenTwice() {
        var member = "\"" + "n".repeat(1_000) + "\":1";

        assertThatThrownBy(() -> reader.read("{" + member + "," + member + "}"))
                .isInstanceOf(TreeReader.AmbiguousJsonException.class);
    }

    /** How much the heap has grown after many documents, each with names of its own, 50 MB in all. */
    private static long growth(Consumer<String> reading, String end) {
        reading.accept(document(0, end));
        long before = live();
        IntStream.rangeClosed(1, MESSAGES).forEach(i -> reading.accept(document(i, end)));
        return live() - before;
    }

    private static String document(int number, String end) {
        return IntStream.range(0, NAMES)
                .mapToObj(i -> "\"" + number + "/" + i + "n".repeat(49_000) + "\":0")
                .collect(Collectors.joining(",", "{", end));
    }

    private static long live() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 4; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
