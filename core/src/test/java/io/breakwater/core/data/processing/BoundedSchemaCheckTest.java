package io.breakwater.core.data.processing;

import static io.breakwater.core.business.processing.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.breakwater.core.business.processing.Documents;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.core.business.processing.Violations;
import io.breakwater.core.business.processing.Violations.Violation;
import io.breakwater.core.validation.SchemaLimits;
import io.breakwater.port.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedSchemaCheckTest {
    private static final String ORDER_SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object", "required": ["shop", "orders"],
             "properties": {"shop": {"type": "string"}, "orders": {"type": "array", "items": {"$ref": "#/$defs/order"}}},
             "$defs": {"order": {"type": "object", "required": ["id", "lines"],
               "properties": {"id": {"type": "string", "pattern": "^A-\\\\d{4}$"},
                              "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}}}},
               "line": {"type": "object", "properties": {"price": {"type": "number", "exclusiveMinimum": 0},
                                                         "quantity": {"type": "integer", "maximum": 5}}}}}
            """;

    private final BoundedSchemaCheck check = new BoundedSchemaCheck(SchemaLimits.defaults());

    @Test
    void findsEveryViolationByItsPointer() {
        assertThat(check.check(Documents.orders(), json(ORDER_SCHEMA)))
                .isEqualTo(new Violations(
                        List.of(new Violation(
                                "/orders/0/lines/1/quantity", "maximum", "must have a maximum value of 5")),
                        1));
        assertThat(check.check(json("{'orders':[{'id':'B-1'}]}"), json(ORDER_SCHEMA))
                        .listed())
                .extracting(Violation::pointer, Violation::keyword)
                .containsExactlyInAnyOrder(
                        tuple("", "required"), tuple("/orders/0", "required"), tuple("/orders/0/id", "pattern"));
    }

    @Test
    void passesWhatKeepsToTheSchema() {
        assertThat(check.check(json("{'shop':'Harbour','orders':[]}"), json(ORDER_SCHEMA))
                        .total())
                .isZero();
        assertThat(check.check(json("5"), json("true")).total()).isZero();
        assertThat(check.check(json("5"), json("false")).total()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'integer'}                          | 1.0                     | true",
                "{'multipleOf':0.01}                         | 19.99                   | true",
                "{'multipleOf':0.01}                         | 19.999                  | false",
                "{'const':1}                                 | 1.00                    | true",
                "{'maximum':12345678901234567890.5}          | 12345678901234567890.6  | false",
                "{'maximum':9007199254740992}                | 9007199254740993        | false",
                "{'format':'date-time'}                      | 'yesterday'             | false",
                "{'type':'integer','maximum':5}              | 12345678901234567890123 | false",
                "{'$schema':'http://json-schema.org/draft-04/schema#','minimum':1,'exclusiveMinimum':true} | 1 | false",
                "{'$schema':'http://json-schema.org/draft-06/schema#','exclusiveMinimum':1} | 1 | false",
                "{'format':'regex'}                          | '('                     | false",
                "{'format':'regex'}                          | '(ab)'                  | true",
                "{'format':'email'}                          | 'ada@example.org'       | true",
                "{'pattern':'^\\\\d+$'}                      | '12\\n'                 | false",
                "{'pattern':'^(?=.*\\\\d)[a-z0-9]+$'}        | 'a1'                    | true",
                "{'pattern':'^(?:$)'}                        | ''                      | true",
                "{'minLength':2,'maxLength':2}               | '😀😀'                  | true",
                "{'uniqueItems':true}                        | [1,1.0]                 | false",
                "{'$schema':'http://json-schema.org/draft-07/schema#','items':[{'type':'string'}]} | [1] | false",
            })
    void understandsSchemas(String schema, String document, boolean valid) {
        assertThat(check.check(json(document), json(schema)).total() == 0).isEqualTo(valid);
    }

    @Test
    void takesKeywordsOfOthersForRemarks() {
        assertThat(check.check(json("'a'"), json("{'x-label':'Name','type':'string'}"))
                        .total())
                .isZero();
    }

    @Test
    void listsTheFirstHundredAndCountsTheOthers() {
        var items = IntStream.range(0, 150).mapToObj(Json::of).toArray(Json[]::new);

        var violations = check.check(Json.array(items), json("{'items':{'type':'string'}}"));

        assertThat(violations.listed()).hasSize(100);
        assertThat(violations.total()).isEqualTo(150);
    }

    @Test
    void refersToAnotherPartOfTheSameSchemaById() {
        var schema = json("""
                {"$id": "https://example.org/root", "$ref": "leaf",
                 "$defs": {"leaf": {"$id": "https://example.org/leaf", "type": "string"}}}""");

        assertThat(check.check(json("5"), schema).total()).isEqualTo(1);
        assertThat(check.check(json("'x'"), schema).total()).isZero();
    }

    @Test
    void forgetsASchemaWithItsCall() {
        check.check(json("1"), json("{'$id':'https://example.org/a','type':'integer'}"));

        assertThatThrownBy(() -> check.check(json("1"), json("{'$ref':'https://example.org/a'}")))
                .isInstanceOf(ProcessingException.class);
        assertThat(check.check(json("1"), json("{'$id':'https://example.org/a','type':'string'}"))
                        .total())
                .isEqualTo(1);
    }

    @Test
    void replacesNoMetaSchemaByASchemaWithItsId() {
        var metaSchema = "https://json-schema.org/draft/2020-12/schema";
        check.check(json("1"), json("{'$id':'" + metaSchema + "','$ref':'#/$defs/a','$defs':{'a':true}}"));

        assertThat(check.check(json("{'minLength':-1}"), json("{'$ref':'" + metaSchema + "'}"))
                        .total())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'URL'}",
                "{'$ref':'URL#/definitions/a'}",
                "{'$dynamicRef':'URL#a'}",
                "{'$schema':'URL','type':'string'}",
                "{'$id':'URL','$ref':'other.json'}",
                "{'$id':'URL','properties':{'a':{'$ref':'/other.json'}}}",
                "{'anyOf':[{'$ref':'URL'},{'type':'number'}]}",
                "{'$schema':'http://json-schema.org/draft-07/schema#','$ref':'URL'}",
                "{'$schema':'https://json-schema.org/draft/2019-09/schema','$recursiveRef':'URL'}",
            })
    void neverConnects(String schema) throws IOException {
        try (var listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            var url = "http://127.0.0.1:" + listener.socket().getLocalPort() + "/schema.json";

            assertThatThrownBy(() -> check.check(json("{'a':1}"), json(schema.replace("URL", url))))
                    .isInstanceOf(ProcessingException.class)
                    .hasMessageContaining("The schema cannot be used");

            assertThat(listener.accept()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "jar:file:/tmp/a.jar!/b.json",
                "classpath:schema.json",
                "resource:schema.json",
                "//example.org/schema.json",
                "ftp://example.org/a.json",
                "https://json-schema.org/other",
                "http://evil.example/x#://json-schema.org/draft",
                "classpath:x?://json-schema.org/draft",
                "urn:example:a",
                "#/$defs/missing",
                "#missing",
            })
    void refusesWhatItDoesNotHold(String reference) {
        var schema = Json.object().put("$ref", reference).build();

        assertThatThrownBy(() -> check.check(json("1"), schema))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("The schema cannot be used");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'strnig'}          | at '/type'",
                "{'properties':{'a':5}}     | at '/properties/a'",
                "{'required':'a'}           | at '/required'",
                "{'pattern':'('}            | regular expression",
                "{'pattern':'(a*)*'}        | can be empty",
                "{'maximum':1e401}          | more than 400 digits",
            })
    void tellsWhatIsWrongWithASchema(String schema, String reason) {
        assertThatThrownBy(() -> check.check(json("'x'"), json(schema)))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void boundsSchemasThatMultiply() {
        var definitions = Json.object();
        for (int i = 0; i < 60; i++) {
            var next = Json.object().put("$ref", "#/$defs/d" + (i + 1)).build();
            definitions.put(
                    "d" + i, Json.object().put("allOf", Json.array(next, next)).build());
        }
        definitions.put("d60", Json.object().put("type", "string").build());
        var bomb = Json.object()
                .put("$defs", definitions.build())
                .put("$ref", "#/$defs/d0")
                .build();

        assertThatThrownBy(() -> check.check(json("1"), bomb))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("too many steps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'#'}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}}}",
                "{'allOf':[{'$ref':'#'},{'$ref':'#'}]}",
                "{'$dynamicAnchor':'n','$dynamicRef':'#n'}",
                "{'not':{'$ref':'#'}}",
            })
    void boundsSchemasThatReferToThemselves(String schema) {
        assertThatThrownBy(() -> check.check(json("1"), json(schema)))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("refers to itself");
    }

    @Test
    void boundsRecursionThatDoublesOnEachLevel() {
        var schema = json("{'items':{'$ref':'#'},'allOf':[{'items':{'$ref':'#'}}]}");

        assertThatThrownBy(() -> check.check(json("[".repeat(60) + "]".repeat(60)), schema))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("too many steps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(.*a){25}$", "^(\\\\w+\\\\s?)*$"})
    void boundsPatternsThatBacktrack(String pattern) {
        var schema = json("{'pattern':'" + pattern + "'}");

        assertThatThrownBy(() -> check.check(Json.of("a".repeat(5_000) + "!"), schema))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("too");
    }

    @Test
    void boundsTheSizeOfASchema() {
        var many = new Json.Arr(Collections.nCopies(100_000, Json.Bool.TRUE));

        assertThatThrownBy(() ->
                        check.check(json("1"), Json.object().put("allOf", many).build()))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("too large");
        Json deep = Json.Bool.TRUE;
        for (int i = 0; i < 70; i++) {
            deep = Json.object().put("not", deep).build();
        }
        var tooDeep = deep;
        assertThatThrownBy(() -> check.check(json("1"), tooDeep))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void hasTheDocumentedLimits() {
        assertThat(SchemaLimits.defaults()).isEqualTo(new SchemaLimits(5_000, 64, 100_000, 256, 2_000_000, 100));
    }
}
