package io.breakwater.core.presentation.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures the heap that trees really occupy, after full collections, and holds the promised bound against it. */
@Isolated("the heap is measured")
class TreeWeightTest {
    private static final int BYTES = 1 << 20;
    /** What else the JVM keeps between two collections, set against documents that occupy megabytes. */
    private static final long NOISE = 300_000;

    record Shape(String name, byte[] document) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Shape> shapes() {
        var shapes = new ArrayList<Shape>();
        shapes.add(array("digits", "1"));
        shapes.add(array("numbers", "12"));
        shapes.add(array("longs", "12345678901"));
        shapes.add(array("long numbers", "123456789012345678901234567890"));
        shapes.add(array("fractions", "1.5"));
        shapes.add(array("exponents", "1e9"));
        shapes.add(array("long fractions", "1234567890.12345678901234567890"));
        shapes.add(array("empty objects", "{}"));
        shapes.add(array("empty arrays", "[]"));
        shapes.add(array("empty texts", "\"\""));
        shapes.add(array("short texts", "\"a\""));
        shapes.add(array("words", "\"sixteen letters!\""));
        shapes.add(array("short texts beyond Latin-1", "\"\u4e2d\""));
        shapes.add(array("escapes", "\"\\u4e2d\\n\""));
        shapes.add(array("booleans and nulls", "true,null"));
        shapes.add(array("objects of one member", "{\"a\":1}"));
        shapes.add(array("objects of one nameless member", "{\"\":{}}"));
        shapes.add(array("records", "{\"id\":12345,\"name\":\"Ada Lovelace\",\"tags\":[\"x\",\"y\"],\"ok\":true}"));
        shapes.add(array("arrays of one", "[1]"));
        shapes.add(array("arrays eleven long", "[1,1,1,1,1,1,1,1,1,1,1]"));
        shapes.add(array("deep arrays", "[".repeat(60) + "]".repeat(60)));
        shapes.add(array("deep objects", "{\"\":".repeat(60) + "1" + "}".repeat(60)));
        shapes.add(members("one object of many members", ""));
        shapes.add(members("one object of many long names", "a name that is fairly long "));
        shapes.add(new Shape("one text", ("\"" + "x".repeat(BYTES) + "\"").getBytes(UTF_8)));
        shapes.add(new Shape("one text beyond Latin-1", ("\"\u4e2d" + "x".repeat(BYTES) + "\"").getBytes(UTF_8)));
        return shapes;
    }

    private static Shape array(String name, String element) {
        return new Shape(name, array(element, BYTES));
    }

    private static byte[] array(String element, int bytes) {
        int size = element.getBytes(UTF_8).length + 1;
        return IntStream.range(0, bytes / size)
                .mapToObj(i -> element)
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    private static Shape members(String name, String prefix) {
        var text = IntStream.range(0, BYTES / (prefix.length() + 12))
                .mapToObj(i -> "\"" + prefix + Integer.toString(i, 36) + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
        return new Shape(name, text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void neverUnderstatesWhatATreeOccupies(Shape shape) {
        var reader = TreeReader.upTo(2 * BYTES);
        long real = LongStream.generate(() -> occupied(reader, shape.document()))
                .limit(3)
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
        long promised = TreeWeight.of(shape.document());
        assertThat(promised).isGreaterThan(real - NOISE);
        assertThat(promised).as("a bound that is far too high").isLessThan(4 * real + 3L * BYTES);
    }

    /** Two trees, and the difference that the second makes: what the parser itself keeps is there already. */
    private static long occupied(TreeReader reader, byte[] document) {
        var first = reader.read(document);
        long before = live();
        var second = reader.read(document);
        long after = live();
        assertThat(second).isEqualTo(first);
        return after - before;
    }

    /**
     * The serial collector moves everything together in every fourth collection only; others leave some garbage in
     * place.
     */
    private static long live() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 4; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.5",
                "{}",
                "[]",
                "\"\"",
                "\"a\"",
                "\"\u4e2d\"",
                "{\"\":1}",
                "{\"\":{}}",
                "{\"a\":[{}]}",
                "{\"a\":{\"b\":1.5}}",
                "[[[[[[[[[[]]]]]]]]]]",
                "[[[[[[[[[[1.5]]]]]]]]]]",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1.5}}}}}"
            })
    void theCoarseBoundOfAShortDocumentIsNeverBelowTheExactOne(String element) {
        for (int bytes = element.length() + 1; bytes < 1_000; bytes += 97) {
            var document = array(element, bytes);

            assertThat(TreeWeight.atMost(document)).isGreaterThanOrEqualTo(TreeWeight.of(document));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, 64})
    void theCoarseBoundHoldsForWhatIsNotClosed(int depth) {
        for (var text :
                List.of("[".repeat(depth), "[".repeat(depth - 1) + "{", "{\"\":".repeat(depth), "[1,".repeat(depth))) {
            var document = text.getBytes(UTF_8);

            assertThat(TreeWeight.atMost(document)).isGreaterThanOrEqualTo(TreeWeight.of(document));
        }
    }

    @Test
    void countsNothingInsideATextTwice() {
        var structure = "{[,:1]}".repeat(1_000);

        assertThat(TreeWeight.of(("\"" + structure + "\"").getBytes(UTF_8)))
                .isLessThan(1_000 + 2L * structure.length());
        assertThat(TreeWeight.of(("\"\\\"" + structure + "\"").getBytes(UTF_8)))
                .isLessThan(1_000 + 2L * structure.length() + 4);
    }

    @Test
    void endsWhateverTheBytesAre() {
        for (var text : List.of("", "\"", "\"\\", "{", "[", "-", "\"abc", "[[[[", "nul")) {
            assertThat(TreeWeight.of(text.getBytes(UTF_8))).isPositive();
        }
    }
}
