package io.breakwater.core.presentation.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.presentation.json.TreeReader;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.port.Json;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Format;
import io.breakwater.server.schema.Header;
import io.breakwater.server.schema.InvalidSchemaException;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Max;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Pattern;
import io.breakwater.server.schema.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RecordSchemasTest {
    private static final TreeReader READER = TreeReader.upTo(1 << 20);

    record FindOrder(
            @Description("As printed on the invoice") @Pattern("A-\\d{6}")
            String number) {}

    @Test
    void describesARecord() {
        assertThat(arguments(FindOrder.class)).isEqualTo(json("""
                        {'type':'object',
                         'properties':{'number':{'type':'string','pattern':'^(?:A-\\\\d{6})$','description':'As printed on the invoice'}},
                         'required':['number'],'additionalProperties':false}"""));
    }

    record Nothing() {}

    @Test
    void describesARecordWithoutComponents() {
        assertThat(arguments(Nothing.class))
                .isEqualTo(json("{'type':'object','properties':{},'additionalProperties':false}"));
    }

    record Scalars(
            String text,
            char letter,
            boolean yes,
            byte b,
            short s,
            int i,
            Long l,
            float f,
            Double d,
            BigDecimal exact,
            BigInteger big,
            UUID id,
            URI link,
            byte[] bytes,
            Instant at,
            LocalDate day,
            Duration time,
            Json any,
            Json.Obj object) {}

    @Test
    void knowsTheTypesOfSingleValues() {
        assertThat(properties(Scalars.class)).isEqualTo(json("""
                        {'text':{'type':'string'},
                         'letter':{'type':'string','minLength':1,'maxLength':1},
                         'yes':{'type':'boolean'},
                         'b':{'type':'integer','minimum':-128,'maximum':127},
                         's':{'type':'integer','minimum':-32768,'maximum':32767},
                         'i':{'type':'integer'},
                         'l':{'type':'integer'},
                         'f':{'type':'number'},
                         'd':{'type':'number'},
                         'exact':{'type':'number'},
                         'big':{'type':'integer'},
                         'id':{'type':'string','format':'uuid'},
                         'link':{'type':'string','format':'uri'},
                         'bytes':{'type':'string','contentEncoding':'base64'},
                         'at':{'type':'string','format':'date-time'},
                         'day':{'type':'string','format':'date'},
                         'time':{'type':'string','format':'duration'},
                         'any':{},
                         'object':{'type':'object'}}"""));
    }

    record Local(LocalTime time) {}

    @Test
    void describesLocalTimesByPatternBecauseTheFormatWantsAZone() {
        var schema = ValueSchema.compile(RecordSchemas.arguments(Local.class));

        assertThat(schema.check(tree("{'time':'23:59:01.5'}"))).isEmpty();
        assertThat(schema.check(tree("{'time':'24:00'}"))).hasSize(1);
    }

    enum Sort {
        ASCENDING,
        @Name("desc")
        DESCENDING
    }

    record Constrained(
            @Length(min = 1, max = 5) @Format("email") String mail,
            @AllowedValues({"a", "b"}) String choice,
            @Min(0) @Max(value = 10, exclusive = true) int count,
            @Min(decimal = "0.5", exclusive = true) BigDecimal price,
            @Size(min = 1, max = 3, unique = true) List<@Length(max = 20) String> tags,
            @Size(max = 2) int[] numbers,
            Set<Sort> sorts,
            Map<@Pattern("[a-z]+") String, @Max(1) Integer> byName,
            Map<Sort, Boolean> bySort) {}

    @Test
    void addsConstraintsToTheTypeTheyStandOn() {
        assertThat(properties(Constrained.class)).isEqualTo(json("""
                        {'mail':{'type':'string','minLength':1,'maxLength':5,'format':'email'},
                         'choice':{'type':'string','enum':['a','b']},
                         'count':{'type':'integer','minimum':0,'exclusiveMaximum':10},
                         'price':{'type':'number','exclusiveMinimum':0.5},
                         'tags':{'type':'array','items':{'type':'string','maxLength':20},'minItems':1,'maxItems':3,'uniqueItems':true},
                         'numbers':{'type':'array','items':{'type':'integer'},'maxItems':2},
                         'sorts':{'type':'array','items':{'type':'string','enum':['ASCENDING','desc']},'uniqueItems':true},
                         'byName':{'type':'object','propertyNames':{'type':'string','pattern':'^(?:[a-z]+)$'},
                           'additionalProperties':{'type':'integer','maximum':1}},
                         'bySort':{'type':'object','propertyNames':{'type':'string','enum':['ASCENDING','desc']},
                           'additionalProperties':{'type':'boolean'}}}"""));
    }

    record Optionals(
            @Name("user_id") long userId,
            @Nullable String nick,
            Optional<Sort> sort,
            OptionalInt age,
            @Default("20") int limit,
            @Default("desc") Sort order,
            @Default("[\"x\"]") List<String> tags,
            @Nullable @Header("Region") String region,
            List<@Nullable String> holes) {}

    @Test
    void requiresWhatIsNeitherNullableNorOptionalNorDefaulted() {
        assertThat(RecordSchemas.arguments(Optionals.class).get("required"))
                .isEqualTo(Json.texts(List.of("user_id", "holes")));
        assertThat(properties(Optionals.class)).isEqualTo(json("""
                        {'user_id':{'type':'integer'},
                         'nick':{'type':['string','null']},
                         'sort':{'type':['string','null'],'enum':['ASCENDING','desc',null]},
                         'age':{'type':['integer','null']},
                         'limit':{'type':'integer','default':20},
                         'order':{'type':'string','enum':['ASCENDING','desc'],'default':'desc'},
                         'tags':{'type':'array','items':{'type':'string'},'default':['x']},
                         'region':{'type':'string','x-mcp-header':'Region'},
                         'holes':{'type':'array','items':{'type':['string','null']}}}"""));
    }

    @Test
    void leavesResultsOpenAndTheirOptionalMembersOut() {
        var schema = RecordSchemas.result(Optionals.class);

        assertThat(schema.has("additionalProperties")).isFalse();
        assertThat(schema.get("required")).isEqualTo(Json.texts(List.of("user_id", "limit", "order", "tags", "holes")));
        assertThat(schema.object("properties").get("nick"))
                .isEqualTo(Json.object().put("type", "string").build());
        assertThat(schema.object("properties").object("limit").has("default")).isFalse();
    }

    @Description("An address")
    record Address(String city) {}

    record Page<T>(List<T> items, Optional<T> first) {}

    record Nested(
            Address home, @Description("Where to send it") Address delivery, Page<Address> page) {}

    @Test
    void putsNestedAndGenericRecordsInPlace() {
        var address = "{'type':'object','properties':{'city':{'type':'string'}},'required':['city']";

        assertThat(json(RecordSchemas.result(Nested.class).object("properties")))
                .isEqualTo(json("{'home':" + address + ",'description':'An address'},"
                        + "'delivery':" + address + ",'description':'Where to send it'},"
                        + "'page':{'type':'object','properties':{'items':{'type':'array','items':" + address + "}},"
                        + "'first':" + address + ",'description':'An address'}},'required':['items']}}"));
    }

    record Tree(String value, List<Tree> children) {}

    record Link(@Nullable Link next) {}

    record Holder(Link link, Tree tree, Tree[] more) {}

    @Test
    void refersToTheRootOfATypeThatContainsItself() {
        assertThat(arguments(Tree.class)).isEqualTo(json("""
                        {'type':'object','properties':{'value':{'type':'string'},'children':{'type':'array','items':{'$ref':'#'}}},
                         'required':['value','children'],'additionalProperties':false}"""));
        assertThat(ValueSchema.compile(RecordSchemas.arguments(Tree.class))
                        .check(tree("{'value':'a','children':[{'value':1,'children':[]}]}")))
                .extracting(Object::toString)
                .containsExactly("/children/0/value: must be a string, was 1");
    }

    @Test
    void definesOtherRecursiveTypesOnce() {
        assertThat(json(RecordSchemas.result(Holder.class))).isEqualTo(json("""
                        {'type':'object','properties':{
                           'link':{'$ref':'#/$defs/Link'},
                           'tree':{'$ref':'#/$defs/Tree'},
                           'more':{'type':'array','items':{'$ref':'#/$defs/Tree'}}},
                         'required':['link','tree','more'],
                         '$defs':{
                           'Link':{'type':'object','properties':{'next':{'$ref':'#/$defs/Link'}}},
                           'Tree':{'type':'object','properties':{'value':{'type':'string'},
                             'children':{'type':'array','items':{'$ref':'#/$defs/Tree'}}},'required':['value','children']}}}"""));
        assertThat(json(RecordSchemas.arguments(Link.class).object("properties")))
                .isEqualTo(json("{'next':{'anyOf':[{'$ref':'#'},{'type':'null'}]}}"));
    }

    sealed interface Figure {
        @Name("circle")
        record Circle(int r) implements Figure {}

        sealed interface Angular extends Figure {}

        record Square(double side) implements Angular {}
    }

    record Draw(Figure shape) {}

    @Test
    void tellsTheVariantsOfASealedInterfaceApartByType() {
        assertThat(json(RecordSchemas.result(Draw.class).object("properties"))).isEqualTo(json("""
                        {'shape':{'type':'object','oneOf':[
                          {'type':'object','properties':{'type':{'const':'circle'},
                            'r':{'type':'integer'}},'required':['type','r']},
                          {'type':'object','properties':{'type':{'const':'Square'},'side':{'type':'number'}},
                            'required':['type','side']}]}}"""));
    }

    @Test
    void describesAResultThatIsOneOfSeveralRecords() {
        assertThat(RecordSchemas.result(Figure.class).text("type")).isEqualTo("object");
        assertThat(RecordCodec.ofResult(Figure.class).write(new Figure.Circle(2)))
                .asString(UTF_8)
                .isEqualTo("{\"type\":\"circle\",\"r\":2}");
    }

    @Test
    void refusesAResultThatIsNoObject() {
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> RecordSchemas.result(String.class))
                .withMessageStartingWith("String is neither a record nor a sealed interface of records.");
    }

    record Report(@JsonSchema("{\"type\":\"array\"}") Json lines) {}

    @Test
    void promisesTheShapeOfJson() {
        assertThat(json(RecordSchemas.result(Report.class).object("properties")))
                .isEqualTo(json("{'lines':{'type':'array'}}"));
        assertThat(RecordCodec.ofResult(Report.class).write(new Report(new Json.Raw("[1]".getBytes(UTF_8)))))
                .asString(UTF_8)
                .isEqualTo("{\"lines\":[1]}");
    }

    record ShapeOfText(@JsonSchema("{}") String text) {}

    record NoSchema(@JsonSchema("[]") Json json) {}

    @Test
    void refusesShapesThatSayNothing() {
        refuses(ShapeOfText.class).withMessage("ShapeOfText.text: @JsonSchema is only for components of type Json.");
        refuses(NoSchema.class).withMessage("NoSchema.json: @JsonSchema is not a JSON Schema: [].");
    }

    sealed interface Expression {
        record Literal(int value) implements Expression {}

        record Sum(List<Expression> of) implements Expression {}
    }

    record Evaluate(Expression expression) {}

    @Test
    void letsVariantsContainTheirInterface() {
        var schema = ValueSchema.compile(RecordSchemas.arguments(Evaluate.class));

        assertThat(
                        schema.check(
                                tree(
                                        "{'expression':{'type':'Sum','of':[{'type':'Literal','value':1},{'type':'Literal','value':'x'}]}}")))
                .extracting(Object::toString)
                .containsExactly("/expression/of/1/value: must be an integer, was a string");
    }

    record OfObject(Object anything) {}

    record OfRawList(@SuppressWarnings("rawtypes") List list) {}

    record OfIntKeys(Map<Integer, String> map) {}

    record OfThread(Thread thread) {}

    record OfOptionals(List<Optional<String>> list) {}

    record Generic<T>(T value) {}

    record Growing<T>(@Nullable Growing<List<T>> next) {}

    record OfGrowing(Growing<String> growing) {}

    record Clash(String a, @Name("a") String b) {}

    record PatternOnNumber(@Pattern("a") int number) {}

    record BadPattern(@Pattern("(") String text) {}

    record BadRange(@Length(min = 3, max = 2) String text) {}

    record MinOnText(@Min(1) String text) {}

    record BadDefault(@Default("\"x\"") int number) {}

    record EmptyName(@Name("") int number) {}

    record NoJson(@Default("{") int number) {}

    record DefaultOutOfBounds(@Default("5") @Max(4) int number) {}

    sealed interface Clashing {
        record A(String type) implements Clashing {}
    }

    record OfClashing(Clashing clashing) {}

    @Test
    void refusesWithASentenceThatNamesTheComponent() {
        refuses(OfObject.class).withMessage("OfObject.anything: Object has no schema. Use Json for any JSON value.");
        refuses(OfRawList.class).withMessageStartingWith("OfRawList.list: List has no type argument.");
        refuses(OfIntKeys.class).withMessageStartingWith("OfIntKeys.map: the keys of a map must be String or an enum");
        refuses(OfThread.class).withMessageStartingWith("OfThread.thread: Thread has no schema.");
        refuses(OfOptionals.class).withMessageStartingWith("OfOptionals.list: Optional is only for components");
        refuses(Generic.class).withMessageStartingWith("Generic.value: the type variable T has no type here.");
        refuses(OfGrowing.class).withMessageContaining("is nested more than");
        refuses(Clash.class).withMessageStartingWith("Clash.b: the name a is already in use");
        refuses(PatternOnNumber.class).withMessage("PatternOnNumber.number: @Pattern is only for a string.");
        refuses(BadPattern.class).withMessageStartingWith("BadPattern.text: @Pattern is not a regular expression");
        refuses(BadRange.class)
                .withMessageStartingWith("BadRange.text: @Length has an invalid range: min is 3 and max is 2");
        refuses(MinOnText.class).withMessage("MinOnText.text: @Min is only for a number.");
        refuses(BadDefault.class)
                .withMessage(
                        "BadDefault.number: the default does not match the schema: must be an integer, was a string.");
        refuses(EmptyName.class)
                .withMessage("EmptyName: the @Name of number is empty. Write the name in JSON, or remove @Name.");
        refuses(NoJson.class)
                .withMessage(
                        "NoJson.number: the default { is not an integer. Write one, for example @Default(\"10\").");
        refuses(DefaultOutOfBounds.class)
                .withMessage(
                        "DefaultOutOfBounds.number: the default does not match the schema: must be at most 4, was 5.");
        refuses(OfClashing.class).withMessageStartingWith("A.type: the name type is already in use");
    }

    @Test
    void mergesTheMembersOfTwoObjects() {
        var merged = RecordSchemas.merged(RecordSchemas.result(Address.class), RecordSchemas.result(Draw.class));

        assertThat(merged.object("properties").members()).containsOnlyKeys("city", "shape");
        assertThat(merged.get("required")).isEqualTo(Json.texts(List.of("city", "shape")));
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() ->
                        RecordSchemas.merged(RecordSchemas.result(Address.class), RecordSchemas.result(Address.class)))
                .withMessage("Both schemas have the name city in properties.");
    }

    private static ThrowableAssertAlternative<InvalidSchemaException> refuses(Class<? extends Record> type) {
        return assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> RecordSchemas.arguments(type));
    }

    private static String arguments(Class<? extends Record> type) {
        return json(RecordSchemas.arguments(type));
    }

    private static String properties(Class<? extends Record> type) {
        return json(RecordSchemas.arguments(type).object("properties"));
    }

    private static String json(Json json) {
        return JsonTree.toTree(json).toString();
    }

    private static String json(String text) {
        return tree(text).toString();
    }

    private static JsonNode tree(String text) {
        return READER.read(text.replace('\'', '"'));
    }
}
