package io.breakwater.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.presentation.json.TreeReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ValueSchemaTest {
    private static final TreeReader READER = TreeReader.upTo(1 << 20);

    @Test
    void letsAFittingValuePass() {
        assertThat(check(
                        "{'type':'object','properties':{'message':{'type':'string'}},'required':['message']}",
                        "{'message':'hi'}"))
                .isEmpty();
    }

    @Test
    void namesEveryViolationByItsPointerInTheOrderOfTheSchema() {
        var violations = check("""
                {'type':'object','properties':{
                  'items':{'type':'array','items':{'type':'object','properties':{'price':{'type':'number','minimum':0}}}},
                  'a/b~c':{'type':'string','maxLength':2}},
                 'required':['items','number'],'additionalProperties':false}""", "{'items':[{'price':-1},{'price':'x'}],'a/b~c':'long','itms':1}");

        assertThat(violations)
                .containsExactly(
                        "/items/0/price: must be at least 0, was -1",
                        "/items/1/price: must be a number, was a string",
                        "/a~1b~0c: must have at most 2 characters, has 4",
                        "/number: is required",
                        "/itms: is not known; did you mean items?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'integer'}|1.5|must be an integer, was 1.5",
                "{'type':['string','null']}|[]|must be a string or null, was an array",
                "{'enum':['asc','desc',1]}|'up'|must be one of \"asc\", \"desc\", 1",
                "{'const':{'a':1}}|2|must be {\"a\":1}",
                "{'pattern':'^a$'}|'b'|must match the pattern ^a$",
                "{'format':'email'}|'x'|must be an e-mail address",
                "{'format':'date-time'}|'2026-01-31'|must be a date and time with a zone, as in 2026-01-31T12:00:00Z",
                "{'format':'json-pointer'}|'x'|must be a valid json-pointer",
                "{'maximum':10}|10.5|must be at most 10, was 10.5",
                "{'exclusiveMinimum':0}|0|must be more than 0, was 0",
                "{'exclusiveMaximum':0.5}|0.5|must be less than 0.5, was 0.5",
                "{'multipleOf':0.01}|1.005|must be a multiple of 0.01, was 1.005",
                "{'minLength':1}|''|must have at least 1 character, has 0",
                "{'minItems':2}|[1]|must have at least 2 items, has 1",
                "{'maxItems':1}|[1,2]|must have at most 1 item, has 2",
                "{'minProperties':1}|{}|must have at least 1 member, has 0",
                "{'maxProperties':1}|{'a':1,'b':2}|must have at most 1 member, has 2",
                "{'uniqueItems':true}|[1,[2],1.0]|must not contain equal items, but items 0 and 2 are equal",
                "{'contains':{'const':7}}|[1]|must have at least 1 item that matches contains",
                "{'contains':true,'maxContains':1}|[1,2]|must have at most 1 item that matches contains",
                "{'prefixItems':[true],'items':false}|[1,2]|/1: is not allowed; the array has too many items",
                "{'not':{'type':'null'}}|null|must not match the schema under not",
                "{'properties':{'x':false}}|{'x':1}|/x: is not allowed",
                "{'dependentRequired':{'a':['b']}}|{'a':1}|/b: is required when a is given",
                "{'propertyNames':{'maxLength':1}}|{'ab':1}|/ab: has a name that is not allowed",
                "{'properties':{'abc':true},'unevaluatedProperties':false}|{'z':1}|/z: is not known; the known names are abc",
                "{'oneOf':[{'type':'integer'},{'minimum':1}]}|3|must match exactly one alternative, but matches those with index 0, 1",
            })
    void saysWhatWouldBeRight(String schema, String value, String sentence) {
        assertThat(check(schema, value)).containsExactly(sentence);
    }

    @Test
    void comparesNumbersByTheirExactValue() {
        assertThat(check("{'maximum':0.1}", "0.10000000000000000000000001")).hasSize(1);
        assertThat(check("{'maximum':9007199254740992}", "9007199254740993")).hasSize(1);
        assertThat(check("{'type':'integer'}", "42.0")).isEmpty();
        assertThat(check("{'type':'integer','minimum':0,'maximum':9}", "1e30"))
                .containsExactly("must be at most 9, was 1E+30");
        assertThat(check("{'type':'integer','minimum':2}", "1.5")).hasSize(2);
        assertThat(check("{'multipleOf':5}", "9007199254740995")).isEmpty();
        assertThat(check("{'multipleOf':5}", "9007199254740996")).hasSize(1);
        assertThat(check("{'multipleOf':0.1}", "0.30000000000000000000001")).hasSize(1);
    }

    @Test
    void stopsNamingViolationsAtFifty() {
        var numbers = IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThat(check("{'items':{'type':'string'}}", numbers)).hasSize(ValueSchema.MAX_VIOLATIONS);
    }

    @Test
    void neverRepeatsATextOfTheCaller() {
        var violations =
                check("{'type':'string','minLength':90,'pattern':'^x','enum':['y'],'format':'uuid'}", "'hunter2'");

        assertThat(violations).hasSize(4).noneMatch(violation -> violation.contains("hunter2"));
    }

    @Test
    void followsReferencesInside() {
        var tree =
                "{'$ref':'#/$defs/node','$defs':{'node':{'type':'object','properties':{'next':{'$ref':'#/$defs/node'},"
                        + "'v':{'$ref':'#count'}}},'count':{'$anchor':'count','type':'integer'}}}";

        assertThat(check(tree, "{'v':1,'next':{'next':{'v':'x'}}}"))
                .containsExactly("/next/next/v: must be an integer, was a string");
    }

    @Test
    void followsReferencesToNamedPartsAndToJsonSchemaItself() {
        var named = "{'$id':'https://example.com/root','properties':{'a':{'$ref':'part'}},"
                + "'$defs':{'p':{'$id':'part','type':'string'}}}";

        assertThat(check(named, "{'a':1}")).containsExactly("/a: must be a string, was 1");
        assertThat(check("{'$ref':'https://json-schema.org/draft/2020-12/schema'}", "{'minLength':-1}"))
                .containsExactly("/minLength: must be at least 0, was -1");
    }

    @Test
    void readsOlderDialects() {
        var draft7 =
                "{'$schema':'http://json-schema.org/draft-07/schema#','items':[{'type':'string'}],'definitions':{}}";

        assertThat(check(draft7, "[1]")).containsExactly("/0: must be a string, was 1");
    }

    @Test
    void checksTheSameWayOnManyThreadsAtOnce() {
        var schema = ValueSchema.compile(JsonTree.objectFromTree(
                tree("{'type':'object','properties':{'a':{'type':'string','pattern':'^a+$'}},'required':['b']}")));
        var value = tree("{'a':'b'}");

        var answers = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> schema.check(value))
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst()).extracting(Violation::pointer).containsExactly("/a", "/b");
    }

    static List<String> check(String schema, String value) {
        return ValueSchema.compile(JsonTree.objectFromTree(tree(schema))).check(tree(value)).stream()
                .map(Violation::toString)
                .toList();
    }

    static JsonNode tree(String json) {
        return READER.read(json.replace('\'', '"'));
    }
}
