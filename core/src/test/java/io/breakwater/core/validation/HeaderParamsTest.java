package io.breakwater.core.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderParamsTest {
    private static final HeaderParams PARAMS = params("""
            {'type':'object','properties':{
               'region':{'type':'string','x-mcp-header':'Region'},
               'count':{'type':'integer','x-mcp-header':'count'},
               'where':{'type':'object','properties':{'dry':{'type':'boolean','x-mcp-header':'Dry-Run'}}},
               'other':{'type':'string'}}}""");

    @Test
    void areFoundAlongProperties() {
        assertThat(PARAMS.fields()).containsExactly("Mcp-Param-Region", "Mcp-Param-count", "Mcp-Param-Dry-Run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'region':'eu'}|Mcp-Param-Region: eu",
                "{'region':'grün'}|Mcp-Param-Region: =?base64?Z3LDvG4=?=",
                "{'region':'eu'}|Mcp-Param-Region: =?base64?ZXU=?=",
                "{'region':''}|Mcp-Param-Region: ",
                "{'count':42}|Mcp-Param-Count: 42",
                "{'count':42}|Mcp-Param-Count: 42.0",
                "{'count':42.0}|Mcp-Param-Count: 42",
                "{'count':42}|Mcp-Param-Count: 4.2e1",
                "{'count':-9007199254740991}|Mcp-Param-Count: -9007199254740991",
                "{'where':{'dry':true}}|Mcp-Param-Dry-Run: true",
                "{'where':{'dry':null}}|Mcp-Param-Unknown: x",
                "{'where':5,'region':null}|x: y",
                "{}|x: y",
            })
    void agree(String arguments, String field) {
        assertThat(mismatch(arguments, field)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'region':'eu'}|x: y|repeats the argument region, is missing",
                "{'where':{'dry':false}}|x: y|Mcp-Param-Dry-Run, which repeats the argument where.dry, is missing",
                "{}|Mcp-Param-Region: eu|repeats the argument region, is present, but the argument is not",
                "{'region':null}|Mcp-Param-Region: eu|is present, but the argument is not",
                "{'region':'eu'}|Mcp-Param-Region: EU|argument region, differs from it",
                "{'region':'eu'}|Mcp-Param-Region: =?base64?ZXU?=|is neither visible ASCII",
                "{'region':'grün'}|Mcp-Param-Region: grün|is neither visible ASCII",
                "{'count':42}|Mcp-Param-Count: 43|differs",
                "{'count':42}|Mcp-Param-Count: 042|differs",
                "{'count':42}|Mcp-Param-Count: 0x2a|differs",
                "{'count':42}|Mcp-Param-Count: +42|differs",
                "{'count':9007199254740993}|Mcp-Param-Count: 9007199254740993|differs",
                "{'count':42}|Mcp-Param-Count: 1e999999999|differs",
                "{'where':{'dry':true}}|Mcp-Param-Dry-Run: True|differs",
                "{'where':{'dry':true}}|Mcp-Param-Dry-Run: 1|differs",
                "{'region':['eu']}|Mcp-Param-Region: eu|differs",
            })
    void differ(String arguments, String field, String sentence) {
        assertThat(mismatch(arguments, field)).contains(sentence);
    }

    @Test
    void areRefusedWhenRepeated() {
        HeaderFields twice = name -> name.equals("Mcp-Param-Region") ? List.of("eu", "eu") : List.of();

        assertThat(PARAMS.mismatch(twice, ValueSchemaTest.tree("{'region':'eu'}")))
                .contains("occurs more than once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{'type':'number','x-mcp-header':'A'}}}|/properties/a/x-mcp-header: it must be on a property of type",
                "{'properties':{'a':{'type':['string','null'],'x-mcp-header':'A'}}}|must be on a property of type",
                "{'properties':{'a':{'x-mcp-header':'A'}}}|must be on a property of type",
                "{'properties':{'a':{'type':'string','x-mcp-header':''}}}|must be a header field name",
                "{'properties':{'a':{'type':'string','x-mcp-header':'A B'}}}|must be a header field name",
                "{'properties':{'a':{'type':'string','x-mcp-header':'A:'}}}|must be a header field name",
                "{'properties':{'a':{'type':'string','x-mcp-header':5}}}|must be a header field name",
                "{'properties':{'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}}}|must be unique, but a is used twice",
                "{'x-mcp-header':'A','type':'string'}|through properties alone",
                "{'properties':{'a':{'items':{'type':'string','x-mcp-header':'A'}}}}|/properties/a/items/x-mcp-header",
                "{'properties':{'a':{'prefixItems':[{'type':'string','x-mcp-header':'A'}]}}}|through properties alone",
                "{'anyOf':[{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}]}|through properties alone",
                "{'if':{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}}|through properties alone",
                "{'not':{'type':'string','x-mcp-header':'A'}}|through properties alone",
                "{'$defs':{'d':{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}}}|through properties alone",
                "{'patternProperties':{'a':{'type':'string','x-mcp-header':'A'}}}|through properties alone",
                "{'additionalProperties':{'type':'string','x-mcp-header':'A'}}|through properties alone",
            })
    void areRefusedWhereNoClientCouldFollow(String schema, String sentence) {
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> params(schema))
                .withMessageContaining(sentence);
    }

    @Test
    void areNotSoughtAmongValues() {
        var schema = "{'properties':{'x-mcp-header':{'type':'number'},'properties':{'default':{'x-mcp-header':1},"
                + "'const':{'properties':{'a':{'x-mcp-header':1}}}}}}";

        assertThat(params(schema).fields()).isEmpty();
    }

    private static @Nullable String mismatch(String arguments, String field) {
        var parts = field.split(": ?", 2);
        var values = Map.of(parts[0].toLowerCase(java.util.Locale.ROOT), Arrays.asList(parts[1]));
        return PARAMS.mismatch(
                name -> values.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()),
                ValueSchemaTest.tree(arguments));
    }

    private static HeaderParams params(String schema) {
        return HeaderParams.of(JsonTree.objectFromTree(ValueSchemaTest.tree(schema)));
    }
}
