package io.breakwater.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.json.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is accepted at once, the validator accepts too; what it would not accept never is. */
class FastPathValidatorTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> TYPES =
            List.of("object", "array", "string", "number", "integer", "boolean", "null");

    private final Random random = new Random(20_260_728);

    private static JsonNode json(String text) {
        return TreeReader.upTo(1 << 16).read(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'object','properties':{'message':{'type':'string'}},'required':['message'],'additionalProperties':false} | {'message':'hello'}",
                "{'type':['string','null'],'maxLength':3} | 'abc'",
                "{'anyOf':[{'type':'integer','minimum':1},{'type':'null'}]} | null",
                "{'type':'array','items':{'enum':['x','y']}} | ['x','y','x']",
                "{'type':['array','null'],'items':{},'minItems':1,'maxItems':2} | [1,'a']",
                "{'type':'string','minLength':2,'maxLength':2} | '😀😀'",
            })
    void ordinaryValuesAreAcceptedAtOnce(String schema, String value) {
        assertThat(FastPathValidator.of(json(schema)).accepts(json(value))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','pattern':'^a$'} | 'a'",
                "{'$ref':'#/$defs/x','$defs':{'x':{}}} | 1",
                "{'type':'object','additionalProperties':{'type':'string'}} | {'a':'b'}",
                "{'type':'integer'} | 1.0",
                "{'type':'integer','minimum':0.5} | 1",
                "{'enum':[1,'a']} | 1",
                "true | 1",
            })
    void whatItDoesNotKnowIsLeftToTheValidator(String schema, String value) {
        var tree = json(schema);
        assertThat(FastPathValidator.of(tree).accepts(json(value))).isFalse();
        assertThat(validator(tree).accepts(json(value))).isTrue();
    }

    @Test
    void whateverItAcceptsTheValidatorAccepts() {
        int accepted = 0;
        for (int i = 0; i < 3_000; i++) {
            var schema = schema(3);
            var plain = FastPathValidator.of(schema);
            var engine = validator(schema);
            for (int k = 0; k < 20; k++) {
                var value = value(3);
                if (plain.accepts(value)) {
                    accepted++;
                    assertThat(engine.accepts(value)).as("%s %s", schema, value).isTrue();
                }
            }
        }
        assertThat(accepted).isGreaterThan(5_000);
    }

    private static Validator validator(JsonNode schema) {
        return Validator.of(schema, SchemaOrigin.AUTHOR, SchemaLimits.forAuthors());
    }

    private ObjectNode schema(int depth) {
        var schema = NODES.objectNode();
        if (chance(70)) {
            schema.put("type", any(TYPES));
        } else if (chance(50)) {
            schema.set("type", NODES.arrayNode().add("string").add(any(List.of("null", "object", "integer"))));
        }
        if (chance(15)) {
            schema.set("enum", NODES.arrayNode().add("x").add("yy").add(random.nextInt(3)));
        }
        if (chance(20)) {
            schema.put("minLength", random.nextInt(3)).put("maxLength", random.nextInt(4));
        }
        if (chance(20)) {
            schema.put("minItems", random.nextInt(2)).put("maxItems", random.nextInt(3));
        }
        if (chance(20)) {
            schema.put("minimum", random.nextInt(4) - 2).put("maximum", chance(50) ? 2.5 : 3);
        }
        if (depth > 0) {
            inside(schema, depth - 1);
        }
        return schema;
    }

    private void inside(ObjectNode schema, int depth) {
        if (chance(50)) {
            var properties = schema.putObject("properties");
            NAMES.stream().filter(name -> chance(70)).forEach(name -> properties.set(name, schema(depth)));
        }
        if (chance(25)) {
            schema.putArray("required").add(any(NAMES));
        }
        if (chance(40)) {
            schema.put("additionalProperties", chance(50));
        }
        if (chance(40)) {
            schema.set("items", schema(depth));
        }
        if (chance(20)) {
            schema.set("anyOf", NODES.arrayNode().add(schema(depth)).add(schema(depth)));
        }
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> NODES.stringNode(any(List.of("", "x", "yy", "😀", "😀😀", "long text")));
            case 1 -> NODES.numberNode(random.nextInt(7) - 3);
            case 2 -> NODES.numberNode(1L << 40);
            case 3 -> json(any(List.of("1.0", "2.5", "1e2", "123456789012345678901234567890")));
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5 -> NODES.nullNode();
            case 6 -> NODES.stringNode("x");
            case 7 -> object(depth - 1);
            default -> list(depth - 1);
        };
    }

    private ObjectNode object(int depth) {
        var object = NODES.objectNode();
        NAMES.stream().filter(name -> chance(60)).forEach(name -> object.set(name, value(depth)));
        if (chance(10)) {
            object.put("more", 1);
        }
        return object;
    }

    private ArrayNode list(int depth) {
        var items = new ArrayList<JsonNode>();
        for (int i = random.nextInt(3); i > 0; i--) {
            items.add(value(depth));
        }
        return NODES.arrayNode().addAll(items);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
