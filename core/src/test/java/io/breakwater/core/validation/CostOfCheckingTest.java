package io.breakwater.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.json.JsonTree;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a hostile value may cost, in CPU time of this thread. The first try runs cold code, and a busy machine shares
 * its caches, so what counts is the cheapest of a few tries.
 */
class CostOfCheckingTest {
    private static final Duration BOUND = Duration.ofMillis(500);
    private static final int TRIES = 5;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(.*a){25}",
                "(.*a){12}b",
                "^(\\\\w+\\\\s?)*$",
                "^(a|b|ab)*c$",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(x+x+)+y",
                "a.*b.*c.*d$"
            })
    void boundsPatternsThatBacktrack(String pattern) {
        var schema = schema("{'pattern':'" + pattern + "'}");

        for (var text : List.of(
                "a".repeat(50_000) + "!", "ab".repeat(25_000) + "!", "x".repeat(50_000), "a".repeat(28) + "!")) {
            assertThat(cheaply(schema, NODES.stringNode(text))).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void refusesWhatItCannotCompare() {
        var schema = schema("{'not':{'pattern':'(.*a){12}b'}}");

        assertThat(cheaply(schema, NODES.stringNode("a".repeat(28) + "!")))
                .singleElement()
                .asString()
                .contains("too expensive to match against the pattern (.*a){12}b");
    }

    @Test
    void countsTheWorkOfAllTextsTogether() {
        var schema = schema("{'items':{'pattern':'(.*a){6}b'}}");
        var texts = NODES.arrayNode();
        IntStream.range(0, 10_000).forEach(i -> texts.add("a".repeat(40) + "!"));

        assertThat(cheaply(schema, texts)).hasSize(1);
    }

    @Test
    void comparesLongHonestTexts() {
        var schema = schema("{'pattern':'^([a-z]+ ?)+$|^[^<>]*$','minLength':1}");

        assertThat(schema.check(NODES.stringNode("A".repeat(900_000)))).isEmpty();
    }

    @Test
    void findsEqualItemsAmongTextsWhoseHashesCollide() {
        var texts = NODES.arrayNode();
        colliding(15).stream().limit(30_000).forEach(texts::add);
        var schema = schema("{'uniqueItems':true}");

        assertThat(cheaply(schema, texts)).isEmpty();

        texts.add(texts.get(7));
        assertThat(cheaply(schema, texts))
                .singleElement()
                .asString()
                .isEqualTo("must not contain equal items, but items 7 and 30000 are equal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date",
                "date-time",
                "time",
                "duration",
                "email",
                "idn-email",
                "hostname",
                "idn-hostname",
                "ipv4",
                "ipv6",
                "uri",
                "uri-reference",
                "iri",
                "iri-reference",
                "uri-template",
                "uuid",
                "json-pointer",
                "relative-json-pointer",
                "regex"
            })
    void checksFormatsOfLongTexts(String format) {
        var schema = schema("{'format':'" + format + "'}");

        for (var unit : List.of("a", "1", "a.", "a@", "%41", "::", "-", "/", "~0", "{a}", "P1", "(a")) {
            cheaply(schema, NODES.stringNode(unit.repeat(100_000 / unit.length())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'integer','minimum':0,'maximum':10}",
                "{'multipleOf':0.01}",
                "{'multipleOf':7}",
                "{'enum':[1,{'a':1e5}]}",
                "{'const':1}",
                "{'uniqueItems':true,'minimum':1e-300}"
            })
    void takesNumbersOfAbsurdSize(String schema) {
        for (var number :
                List.of("1e999999999", "-1e999999999", "1e-999999999", "0e999999999", "[1e999999999,1e999999998]")) {
            cheaply(schema(schema), ValueSchemaTest.tree(number));
        }
    }

    @Test
    void refusesToDivideNumbersOfAbsurdSize() {
        assertThat(cheaply(schema("{'multipleOf':0.01}"), ValueSchemaTest.tree("1e999999999")))
                .singleElement()
                .asString()
                .contains("too large or too small to be divided by 0.01");
    }

    @Test
    void givesUpOnSchemasThatMultiply() {
        var definitions = new StringBuilder("'a0':{'type':'object'}");
        for (int i = 1; i < 40; i++) {
            var before = "{'$ref':'#/$defs/a" + (i - 1) + "'}";
            definitions.append(",'a" + i + "':{'properties':{'x':{'allOf':[" + before + "," + before + "]}}}");
        }
        var nested = new StringBuilder("{}");
        IntStream.range(0, 40).forEach(i -> nested.insert(0, "{'x':").append('}'));
        var schema = schema("{'$ref':'#/$defs/a39','$defs':{" + definitions + "}}");

        assertThat(schema.check(ValueSchemaTest.tree(nested.toString())))
                .singleElement()
                .asString()
                .contains("too large or too complex");
    }

    @Test
    void checksALargeHonestValue() {
        var numbers = NODES.arrayNode();
        IntStream.range(0, 500_000).forEach(numbers::add);

        assertThat(schema("{'type':'array','items':{'type':'integer','minimum':0}}")
                        .check(numbers))
                .isEmpty();
    }

    private static List<Violation> cheaply(ValueSchema schema, JsonNode value) {
        var costs = new ArrayList<Duration>();
        List<Violation> violations;
        do {
            long start = CLOCK.getCurrentThreadCpuTime();
            violations = schema.check(value);
            costs.add(Duration.ofNanos(CLOCK.getCurrentThreadCpuTime() - start));
        } while (costs.getLast().compareTo(BOUND) > 0 && costs.size() < TRIES);
        assertThat(costs).anySatisfy(cost -> assertThat(cost).isLessThanOrEqualTo(BOUND));
        return violations;
    }

    private static List<String> colliding(int doublings) {
        List<String> texts = List.of("");
        for (int i = 0; i < doublings; i++) {
            var longer = new ArrayList<String>();
            texts.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
            texts = longer;
        }
        return texts;
    }

    private static ValueSchema schema(String schema) {
        return ValueSchema.compile(JsonTree.objectFromTree(ValueSchemaTest.tree(schema)));
    }
}
