package io.breakwater.core.presentation.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.json.TreeReader;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.core.validation.Violation;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RecordCodecTest {
    private static final TreeReader READER = TreeReader.upTo(1 << 20);

    enum Sort {
        ASCENDING,
        @Name("desc")
        DESCENDING
    }

    record Address(String city, @Nullable String street) {}

    record Everything(
            String text,
            char letter,
            boolean yes,
            byte b,
            short s,
            int i,
            long l,
            float f,
            double d,
            BigDecimal exact,
            BigInteger big,
            UUID id,
            URI link,
            byte[] bytes,
            @Name("sort_by") Sort sort,
            Address address,
            List<Address> addresses,
            Set<Sort> sorts,
            int[] numbers,
            Map<String, Long> counts,
            Map<Sort, Boolean> flags,
            Json any,
            Json.Obj object,
            Json.Arr array) {}

    private static final String EVERYTHING = """
            {'text':'ß€😀','letter':'x','yes':true,'b':-128,'s':32767,'i':-2147483648,'l':9223372036854775807,
             'f':1.5,'d':0.1,'exact':1.10,'big':123456789012345678901234567890,
             'id':'123e4567-e89b-12d3-a456-426614174000','link':'https://example.com/a?b=c','bytes':'AAEC/w==',
             'sort_by':'desc','address':{'city':'Ulm','street':'Ring'},'addresses':[{'city':'Bonn'}],
             'sorts':['ASCENDING'],'numbers':[1,2],'counts':{'a':1},'flags':{'desc':true},
             'any':[1.10,null,'x'],'object':{'z':1,'a':{}},'array':[true]}""".replace("\n ", "");

    @Test
    void readsAndWritesEveryTypeWithoutLoss() {
        var schema = ValueSchema.compile(RecordSchemas.arguments(Everything.class));
        assertThat(schema.check(tree(EVERYTHING))).isEmpty();

        var everything = read(Everything.class, EVERYTHING);

        assertThat(everything.exact()).isEqualTo(new BigDecimal("1.10"));
        assertThat(everything.sort()).isEqualTo(Sort.DESCENDING);
        assertThat(everything.bytes()).containsExactly(0, 1, 2, 255);
        assertThat(everything.addresses()).containsExactly(new Address("Bonn", null));
        assertThat(everything.any())
                .isEqualTo(Json.array(Json.of(new BigDecimal("1.10")), Json.Null.NULL, Json.of("x")));
        assertThat(write(Everything.class, everything)).isEqualTo(EVERYTHING.replace('\'', '"'));
        assertThat(ValueSchema.compile(RecordSchemas.result(Everything.class))
                        .check(READER.read(write(Everything.class, everything))))
                .isEmpty();
    }

    record Times(
            Instant at,
            OffsetDateTime offset,
            LocalDate day,
            LocalTime time,
            LocalDateTime local,
            Duration duration,
            Period period,
            YearMonth month,
            ZoneId zone) {}

    @Test
    void readsAndWritesTimesAsTheyAreWritten() {
        var times = """
                {'at':'2026-01-31T12:00:00.123456789Z','offset':'2026-01-31T12:00:00+05:30','day':'2026-01-31','time':'23:59:01.5',
                 'local':'2026-01-31T12:00:01','duration':'PT1H0.5S','period':'P1Y2M3D','month':'2026-01','zone':'Europe/Berlin'}""".replace("\n ", "");
        assertThat(ValueSchema.compile(RecordSchemas.arguments(Times.class)).check(tree(times)))
                .isEmpty();

        assertThat(write(Times.class, read(Times.class, times))).isEqualTo(times.replace('\'', '"'));
        assertThat(ValueSchema.compile(RecordSchemas.result(Times.class))
                        .check(READER.read(write(Times.class, read(Times.class, times)))))
                .isEmpty();
    }

    record Optionals(
            @Nullable String nick,
            Optional<Address> address,
            OptionalInt age,
            OptionalLong since,
            @Nullable Integer count,
            @Nullable Json any) {}

    @Test
    void readsWhatIsLeftOutOrNullAsNothing() {
        var nothing = new Optionals(null, Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), null, null);

        assertThat(read(Optionals.class, "{}")).isEqualTo(nothing);
        assertThat(read(Optionals.class, "{'nick':null,'address':null,'age':null,'since':null,'count':null}"))
                .isEqualTo(nothing);
        assertThat(read(Optionals.class, "{'address':{'city':'Ulm'},'age':5,'any':null}"))
                .isEqualTo(new Optionals(
                        null,
                        Optional.of(new Address("Ulm", null)),
                        OptionalInt.of(5),
                        OptionalLong.empty(),
                        null,
                        Json.Null.NULL));
    }

    @Test
    void leavesNothingOutOfResults() {
        assertThat(write(
                        Optionals.class,
                        new Optionals(null, Optional.empty(), OptionalInt.empty(), OptionalLong.of(7), null, null)))
                .isEqualTo("{\"since\":7}");
        List<@Nullable String> items = new ArrayList<>();
        items.add("a");
        items.add(null);
        assertThat(write(Holes.class, new Holes(items))).isEqualTo("{\"items\":[\"a\",null]}");
    }

    record Holes(List<@Nullable String> items) {}

    record Defaults(
            @Default("20") int limit,
            @Default("desc") Sort sort,
            @Default("[\"x\"]") List<String> tags,
            @Default("{\"city\":\"Ulm\"}") Address address,
            @Default("PT5S") Duration pause,
            @Default("5") String text,
            @Default("{\"type\":\"circle\",\"r\":1}") Shape shape) {}

    @Test
    void fillsInDefaults() {
        var defaults = read(Defaults.class, "{}");

        assertThat(defaults)
                .isEqualTo(new Defaults(
                        20,
                        Sort.DESCENDING,
                        List.of("x"),
                        new Address("Ulm", null),
                        Duration.ofSeconds(5),
                        "5",
                        new Shape.Circle(1)));
        assertThat(read(Defaults.class, "{'limit':5,'tags':[],'shape':{'type':'Square','side':2}}"))
                .extracting(Defaults::limit, Defaults::tags, Defaults::shape)
                .containsExactly(5, List.of(), new Shape.Square(2));
    }

    record Lenient(
            @Nullable @Default("5") Integer count,
            @Default("\"x\"") Optional<String> text) {}

    @Test
    void takesNullForLeftOutWhereThereIsADefault() {
        assertThat(read(Lenient.class, "{'count':null,'text':null}")).isEqualTo(new Lenient(5, Optional.of("x")));
    }

    @Test
    void makesAFreshDefaultForEachCall() {
        read(Defaults.class, "{}").tags().add("y");

        assertThat(read(Defaults.class, "{}").tags()).containsExactly("x");
    }

    sealed interface Shape {
        @Name("circle")
        record Circle(int r) implements Shape {}

        sealed interface Angular extends Shape {}

        record Square(double side) implements Angular {}
    }

    record Draw(Shape shape, List<Shape> more, Shape.@Nullable Circle circle) {}

    @Test
    void readsAndWritesVariantsByTheirType() {
        var json = "{'shape':{'type':'circle','r':1},'more':[{'type':'Square','side':2.5}],'circle':{'r':3}}";
        var draw = new Draw(new Shape.Circle(1), List.of(new Shape.Square(2.5)), new Shape.Circle(3));

        assertThat(read(Draw.class, json)).isEqualTo(draw);
        assertThat(write(Draw.class, draw)).isEqualTo(json.replace('\'', '"'));
        assertThat(write(Shape.class, new Shape.Circle(1))).isEqualTo("{\"type\":\"circle\",\"r\":1}");
    }

    record Page<T>(List<T> items) {}

    record OfPage(Page<Address> page) {}

    @Test
    void bindsGenericRecords() {
        assertThat(read(OfPage.class, "{'page':{'items':[{'city':'Ulm'}]}}"))
                .isEqualTo(new OfPage(new Page<>(List.of(new Address("Ulm", null)))));
    }

    record Numbers(int count, BigInteger big, double ratio) {}

    @Test
    void takesIntegersHoweverTheyAreWritten() {
        assertThat(read(Numbers.class, "{'count':42.0,'big':1e3,'ratio':1}"))
                .isEqualTo(new Numbers(42, BigInteger.valueOf(1000), 1.0));
    }

    record Strict(int number, String text, boolean yes) {}

    record Dated(LocalDate day, Duration duration, Instant at, byte[] bytes, ZoneId zone, List<Address> list) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'day':'2026-02-30'}|/day: must be an existing date, as in 2026-01-31",
                "{'duration':'P1Y'}|/duration: must be a duration in days and smaller units, as in P1DT2H30M",
                "{'at':'2026-13-31T12:00:00Z'}|/at: must be an existing date and time with a zone, as in 2026-01-31T12:00:00Z",
                "{'bytes':'%%'}|/bytes: must be base64",
                "{'zone':'Mars/Base'}|/zone: must be a time zone, as in Europe/Berlin",
            })
    void saysWhatASchemaCannotSay(String json, String sentence) {
        assertThat(refused(Dated.class, json)).containsExactly(sentence);
    }

    @Test
    void coercesNothing() {
        assertThat(refused(Strict.class, "{'number':'5','text':'a','yes':true}"))
                .containsExactly("/number: must be an integer");
        assertThat(refused(Strict.class, "{'number':1.5,'text':'a','yes':true}"))
                .containsExactly("/number: must be an integer");
        assertThat(refused(Strict.class, "{'number':5,'text':1,'yes':true}"))
                .containsExactly("/text: must be a string");
        assertThat(refused(Strict.class, "{'number':5,'text':'a','yes':1}"))
                .containsExactly("/yes: must be true or false");
        assertThat(refused(Strict.class, "{'number':5,'text':'a','yes':true,'more':1}"))
                .containsExactly("/more: is not known");
        assertThat(refused(Strict.class, "{'number':null,'text':'a','yes':true}"))
                .containsExactly("/number: must have a value");
        assertThat(refused(Strict.class, "{'number':5,'yes':true}")).containsExactly("/text: must have a value");
        assertThat(refused(Strict.class, "{'number':2147483648,'text':'a','yes':true}"))
                .containsExactly("/number: is out of range");
    }

    record Deep(Map<String, List<@Nullable Integer>> byName, Optional<Json> any, Shape shape) {}

    @Test
    void namesThePlaceHoweverDeepItIs() {
        assertThat(refused(Deep.class, "{'byName':{'a/b~':[1,null,'x']},'shape':{'type':'circle','r':1}}"))
                .containsExactly("/byName/a~1b~0/2: must be an integer");
        assertThat(refused(Deep.class, "{'byName':{},'shape':{'type':'oval'}}"))
                .containsExactly("/shape/type: must be one of circle, Square");
        assertThat(refused(Deep.class, "{'byName':{},'shape':{'type':'circle','r':1,'x':2}}"))
                .containsExactly("/shape/x: is not known");
        assertThat(refused(Texts.class, "{'texts':['a',null]}")).containsExactly("/texts/1: must not be null");
    }

    record Tree(String value, List<Tree> children) {}

    @Test
    void readsAndWritesTypesThatContainThemselves() {
        var json = "{'value':'a','children':[{'value':'b','children':[]}]}";
        var tree = new Tree("a", List.of(new Tree("b", List.of())));

        assertThat(read(Tree.class, json)).isEqualTo(tree);
        assertThat(write(Tree.class, tree)).isEqualTo(json.replace('\'', '"'));
    }

    record Arrays(char[] letters, double[] ratios, @Nullable String[] names, String[][] table) {}

    @Test
    void readsAndWritesArrays() {
        var json = "{'letters':['a','b'],'ratios':[0.5,2.0],'names':['x',null],'table':[['a'],[]]}";

        assertThat(write(Arrays.class, read(Arrays.class, json))).isEqualTo(json.replace('\'', '"'));
    }

    record Growing<T>(@Nullable Growing<List<T>> next) {}

    record OfGrowing(Growing<String> growing) {}

    @Test
    void refusesWhatItsModuleKeepsShutOrWhatHasNoEnd() throws ClassNotFoundException {
        var shut = Class.forName("java.util.zip.ZipFile$EntryPos").asSubclass(Record.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.ofArguments(shut))
                .withMessage("EntryPos cannot be accessed. Add to the module-info of its module: opens java.util.zip;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.ofArguments(OfGrowing.class))
                .withMessageContaining("is nested more than");
    }

    record Range(int from, int to) {
        Range {
            if (to < from) {
                throw new IllegalArgumentException("to must not be less than from");
            }
        }
    }

    record Ranges(List<Range> ranges) {}

    record Buggy(String text) {
        Buggy {
            throw new IllegalStateException("secret");
        }
    }

    @Test
    void letsARecordCheckItself() {
        assertThat(refused(Ranges.class, "{'ranges':[{'from':1,'to':2},{'from':2,'to':1}]}"))
                .containsExactly("/ranges/1: to must not be less than from");
    }

    @Test
    void passesABugOfTheToolOn() {
        assertThatIllegalStateException()
                .isThrownBy(() -> read(Buggy.class, "{'text':'a'}"))
                .withMessage("secret");
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void refusesToWriteNullWhereTheSchemaPromisesAValue() {
        assertThatIllegalStateException()
                .isThrownBy(() -> write(Address.class, new Address(null, null)))
                .withMessage("Address cannot be written: /city is null. Set a value, or mark it @Nullable.");
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        write(Holder.class, new Holder(List.of(new Address("Ulm", "Ring"), new Address(null, null)))))
                .withMessage("Holder cannot be written: /list/1/city is null. Set a value, or mark it @Nullable.");
        List<String> texts = new ArrayList<>();
        texts.add(null);
        assertThatIllegalStateException()
                .isThrownBy(() -> write(Texts.class, new Texts(texts)))
                .withMessage(
                        "Texts cannot be written: /texts/0 is null. Remove it, or mark the type of the items @Nullable.");
        assertThatIllegalStateException()
                .isThrownBy(() -> write(Address.class, null))
                .withMessage("Address cannot be written: the value is null.");
    }

    record Holder(List<Address> list) {}

    record Texts(List<String> texts) {}

    record Secret(String text) {
        @Override
        public String text() {
            throw new UnsupportedOperationException("secret");
        }
    }

    @Test
    void passesABugOfAnAccessorOn() {
        assertThatThrownBy(() -> write(Secret.class, new Secret("a")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("secret");
    }

    record Ratio(double value, @Nullable Float maybe, Double boxed) {}

    @Test
    void refusesToWriteNumbersJsonDoesNotHave() {
        assertThatIllegalStateException()
                .isThrownBy(() -> write(Ratio.class, new Ratio(Double.NaN, null, 1.0)))
                .withMessage(
                        "Ratio cannot be written: /value is NaN, which is not a number in JSON. Use null if there is"
                                + " no value.");
        assertThatIllegalStateException()
                .isThrownBy(() -> write(Ratio.class, new Ratio(1, Float.POSITIVE_INFINITY, 1.0)));
        assertThatIllegalStateException()
                .isThrownBy(() -> write(Ratio.class, new Ratio(1, null, Double.NEGATIVE_INFINITY)));
    }

    record Text(String text) {}

    @Test
    void writesHalfASurrogatePairAsValidUtf8() {
        var json = RecordCodec.ofResult(Text.class).write(new Text("a\ud800b"));

        assertThat(READER.read(json).get("text").stringValue()).startsWith("a").endsWith("b");
    }

    @Test
    void refusesIntegersThatWouldFillTheMemory() {
        assertThat(refused(Numbers.class, "{'count':1,'big':1e999999999,'ratio':1}"))
                .containsExactly("/big: must be an integer of at most 1000 digits");
        assertThat(refused(Numbers.class, "{'count':1e999999999,'big':1,'ratio':1}"))
                .containsExactly("/count: is out of range");
        assertThat(refused(Numbers.class, "{'count':1,'big':1e-999999999,'ratio':1}"))
                .hasSize(1);
    }

    record Ids(long id) {}

    @Test
    void refusesIntegersOutOfRangeHoweverTheyAreWritten() {
        assertThat(refused(Ids.class, "{'id':9223372036854775808}")).containsExactly("/id: is out of range");
        assertThat(refused(Ids.class, "{'id':1e19}")).containsExactly("/id: is out of range");
        assertThat(refused(Ids.class, "{'id':1e999999999}")).containsExactly("/id: is out of range");
    }

    record Brief(@Length(max = 3) String text) {}

    @Test
    void bindsOnManyThreadsAtOnce() {
        var binding = RecordCodec.ofArguments(Brief.class);
        var value = tree("{'text':'abc'}");

        assertThat(java.util.stream.IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> binding.read(value))
                        .distinct())
                .containsExactly(new BindingResult.Value<>(new Brief("abc")));
    }

    private static <T extends Record> T read(Class<T> type, String json) {
        return switch (RecordCodec.ofArguments(type).read(tree(json))) {
            case BindingResult.Value<T>(var value) -> value;
            case BindingResult.Refused<T>(var violations) -> throw new AssertionError(violations);
        };
    }

    private static <T extends Record> List<String> refused(Class<T> type, String json) {
        return switch (RecordCodec.ofArguments(type).read(tree(json))) {
            case BindingResult.Value<T>(var value) -> throw new AssertionError(value);
            case BindingResult.Refused<T>(var violations) ->
                violations.stream().map(Violation::toString).toList();
        };
    }

    private static <T> String write(Class<T> type, T value) {
        return new String(RecordCodec.ofResult(type).write(value), UTF_8);
    }

    private static JsonNode tree(String json) {
        return READER.read(json.replace('\'', '"'));
    }
}
