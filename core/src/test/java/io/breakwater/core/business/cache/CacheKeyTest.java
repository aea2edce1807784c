package io.breakwater.core.business.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.processing.Documents;
import io.breakwater.port.Json;
import io.breakwater.port.support.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CacheKeyTest {
    private static final ResultSource SOURCE = new ResultSource("shop-eu", "", "process_data", "definition", 7);
    private static final Json ARGUMENTS = Documents.json("""
            {"operation": "analyze",
             "data": {"b": [1.50, 1e999999999, -0.0, null, true, false], "a": "Zoë 😀", "": {}}}
            """);

    /** Values from a program in another language that follows the description of the format. */
    @Test
    void isTheSameOnEveryHost() {
        assertThat(key(new CachePartition.Own("acme", "ada"), ARGUMENTS).hex())
                .isEqualTo("384f7e3aa18c9a1bb4dfa5230f3682f1738619cfe61ab519dddf89e53d3b61c3");
        assertThat(key(new CachePartition.Shared(), ARGUMENTS).hex())
                .isEqualTo("5786504b26ba9fa4370d1eddfe4a5d21a70c6e3297a04e15b766f7d8caee7c30");
        assertThat(ResultSource.digest(Documents.json("{'a':1.0}")))
                .isEqualTo("7c01c5c215fb2ec20237cd398015b0853c25789971c4f68e5283b8e7488b2043");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "1, 1e0",
        "1, 10e-1",
        "0, -0.0",
        "0, 0e999999999",
        "1e999999999, 10e999999998",
        "1000e2147483647, 100e2147483648",
        "123456789012345678901234567890, 1.23456789012345678901234567890e29",
    })
    void takesEqualNumbersForEqual(String one, String other) {
        assertThat(canonical(one)).isEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource({
        "1, -1",
        "1, 10",
        "9007199254740993, 9007199254740992",
        "0.1, 0.1000000000000000055511151231257827",
        "1e999999999, 1e999999998",
        "1e-999999999, 0",
        "1e400, 1e401",
    })
    void keepsNumbersApartThatADoubleWouldMerge(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @Test
    void keepsValuesOfDifferentKindsApart() {
        var values = List.of(
                "null",
                "true",
                "false",
                "0",
                "''",
                "[]",
                "{}",
                "'0'",
                "'null'",
                "[null]",
                "[[]]",
                "{'':null}",
                "['a','b']",
                "['ab']",
                "{'a':'b'}",
                "['a',['b']]",
                "[['a'],'b']",
                "'\\ud800'",
                "'\\ud801'",
                "'?'",
                "'\\ufffd'");

        var forms = new HashSet<Json>();
        values.forEach(value -> forms.add(new Json.Raw(CanonicalJson.bytes(Documents.json(value)))));

        assertThat(forms).hasSize(values.size());
    }

    @Test
    void dependsOnEveryPart() {
        var keys = List.of(
                key(new CachePartition.Shared(), Json.Null.NULL),
                key(new CachePartition.Shared(), Json.of("")),
                key(new CachePartition.Own("", ""), Json.Null.NULL),
                key(new CachePartition.Own("a", "b"), Json.Null.NULL),
                key(new CachePartition.Own("ab", ""), Json.Null.NULL),
                key(new CachePartition.Own("", "ab"), Json.Null.NULL),
                keyOf(new ResultSource("shop-e", "u", "process_data", "definition", 7)),
                keyOf(new ResultSource("shop-eu", "", "process_dat", "adefinition", 7)),
                keyOf(new ResultSource("shop-eu", "", "process_data", "definition", 8)));

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void refusesArgumentsThatWereNotParsed() {
        assertThatThrownBy(() -> key(new CachePartition.Shared(), new Json.Raw(new byte[] {'1'})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void doesNotDependOnTheOrderOfMembersNorOnHowNumbersAreWritten(long seed) {
        var document = Documents.random(new SplittableRandom(seed), 5);

        var rewritten = rewritten(document, new Random(seed));

        assertThat(CanonicalJson.bytes(rewritten)).isEqualTo(CanonicalJson.bytes(document));
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(100).boxed().toList();
    }

    private static Json rewritten(Json value, Random random) {
        return switch (value) {
            case Json.Obj(var members) -> {
                var names = new ArrayList<>(members.keySet());
                Collections.shuffle(names, random);
                var shuffled = Json.object();
                names.forEach(name -> shuffled.putIfPresent(name, rewrittenMember(members.get(name), random)));
                yield shuffled.build();
            }
            case Json.Arr(var items) ->
                new Json.Arr(items.stream().map(item -> rewritten(item, random)).toList());
            case Json.Decimal(var number) -> Json.of(number.setScale(number.scale() + random.nextInt(4)));
            default -> value;
        };
    }

    private static @org.jspecify.annotations.Nullable Json rewrittenMember(
            @org.jspecify.annotations.Nullable Json value, Random random) {
        return value == null ? null : rewritten(value, random);
    }

    private static byte[] canonical(String number) {
        var parsed = number.endsWith("e2147483648")
                ? new BigDecimal(number.replace("e2147483648", "0e2147483647"))
                : new BigDecimal(number);
        return CanonicalJson.bytes(Json.of(parsed));
    }

    private static CacheKey key(CachePartition partition, Json arguments) {
        return CacheKey.of(SOURCE, partition, arguments, TagVersions.NONE);
    }

    private static CacheKey keyOf(ResultSource source) {
        return CacheKey.of(source, new CachePartition.Shared(), Json.Null.NULL, TagVersions.NONE);
    }
}
