package io.breakwater.core.validation;

import static io.breakwater.core.validation.ValueSchemaTest.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SchemaLinterTest {
    private static final SchemaLimits LIMITS = SchemaLimits.forAuthors();

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.0",
            "1.5",
            "3000000000",
            "1e30",
            "''",
            "'string'",
            "'strin'",
            "[]",
            "[true]",
            "['string']",
            "['string','null']",
            "['string','string']",
            "['strin']",
            "[1]",
            "[{}]",
            "[{'type':5}]",
            "{}",
            "{'a':true}",
            "{'a':{'type':'string'}}",
            "{'a':{'type':'strin'}}",
            "{'a':['b']}",
            "{'a':5}",
            "{'type':'object'}",
            "{'type':['string',5]}");

    static Stream<String> keywords() {
        var all = "$anchor $comment $defs $dynamicAnchor $dynamicRef $id $ref $schema $vocabulary additionalProperties"
                + " allOf anyOf const contains contentEncoding contentMediaType contentSchema default definitions"
                + " dependencies dependentRequired dependentSchemas deprecated description else enum examples"
                + " exclusiveMaximum exclusiveMinimum format if items maxContains maxItems maxLength maxProperties maximum"
                + " minContains minItems minLength minProperties minimum multipleOf not oneOf pattern patternProperties"
                + " prefixItems properties propertyNames readOnly required then title type unevaluatedItems"
                + " unevaluatedProperties uniqueItems writeOnly x-mcp-header x-other";
        return Stream.of(all.split(" "));
    }

    /** The linter skips the meta-schema for schemas that are certainly valid; then the meta-schema accepts them. */
    @ParameterizedTest
    @MethodSource("keywords")
    void acceptsNothingThatTheMetaSchemaRefuses(String keyword) {
        for (var value : VALUES) {
            var schema = tree("{'%s':%s}".formatted(keyword, value));
            var nested = tree("{'properties':{'p':{'%s':%s}}}".formatted(keyword, value));

            for (var lintable : List.of(schema, nested)) {
                assertThat(!isAccepted(lintable) || isAcceptedByMetaSchema(lintable))
                        .as("%s", lintable)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type|'string'|true",
                "type|['string','null']|true",
                "required|['a','b']|true",
                "properties|{'a':{}}|true",
                "enum|['a']|true",
                "minLength|3|true",
                "anyOf|[{}]|true",
                "items|{}|true",
                "multipleOf|2|false",
                "$id|'https://example.com/a'|false",
                "x-other|1|false",
            })
    void recognizesOrdinaryKeywords(String keyword, String value, boolean plain) {
        assertThat(PlainKeywords.accepts(keyword, tree(value))).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-12/schema", "2019-09/schema", "-07/schema#"})
    void acceptsTheDeepestSchema(String dialect) {
        var prefix = dialect.startsWith("-") ? "http://json-schema.org/draft" : "https://json-schema.org/draft/";
        var deep = "{'not':".repeat(SchemaLimits.forAuthors().maxDepth() - 1) + "true"
                + "}".repeat(SchemaLimits.forAuthors().maxDepth() - 1);
        var schema = "{'$id':'https://example.com/a','$schema':'" + prefix + dialect + "','not':" + deep + "}";

        assertThat(isAccepted(tree(schema))).isTrue();
    }

    @Test
    void checksSchemasOfOlderDialectsByTheirOwnMetaSchema() {
        var schema = "{'$schema':'%s','exclusiveMinimum':true,'minimum':1}";

        assertThat(isAccepted(tree(schema.formatted("http://json-schema.org/draft-07/schema#"))))
                .isFalse();
        assertThat(SchemaLinter.check(
                        tree(schema.formatted("http://json-schema.org/draft-04/schema#")),
                        SchemaOrigin.CALLER,
                        SchemaLimits.defaults()))
                .isNotNull();
    }

    private static boolean isAccepted(JsonNode schema) {
        try {
            SchemaLinter.check(schema, SchemaOrigin.AUTHOR, LIMITS);
            return true;
        } catch (InvalidSchemaException e) {
            return false;
        }
    }

    private static boolean isAcceptedByMetaSchema(JsonNode schema) {
        return Validator.ofSchemas(SchemaDialect.DRAFT_2020_12, LIMITS).accepts(schema);
    }
}
