package io.breakwater.core.validation;

import static io.breakwater.core.validation.ValueSchemaTest.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRefusalTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/schema.json",
                "https://127.0.0.1:PORT/schema.json#/x",
                "//127.0.0.1:PORT/schema.json",
                "file:///etc/hostname",
                "classpath:logback.xml",
                "jar:file:/tmp/a.jar!/b.json",
                "other.json",
                "urn:example:x",
            })
    void refusesReferencesThatLeaveTheSchemaAndOpensNoConnection(String address) throws IOException {
        try (var listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var reference = address.replace("PORT", Integer.toString(listener.getLocalPort()));

            for (String keyword : new String[] {"$ref", "$dynamicRef"}) {
                refuses("{'properties':{'a':{'" + keyword + "':'" + reference + "'}}}")
                        .withMessageContaining("/properties/a/" + keyword)
                        .withMessageContaining("outside the schema");
            }
            refuses("{'$id':'http://127.0.0.1:" + listener.getLocalPort() + "/root','$ref':'other'}")
                    .withMessageContaining("outside the schema");
            assertThat(accepted(listener)).isFalse();
        }
    }

    @Test
    void loadsNoDialectFromItsAddress() throws IOException {
        try (var listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            refuses("{'$schema':'http://127.0.0.1:" + listener.getLocalPort() + "/dialect'}")
                    .withMessageContaining("is not supported")
                    .withMessageContaining("2020-12");
            assertThat(accepted(listener)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'#'}",
                "{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'allOf':[{'$ref':'#/$defs/a'}]}},'$ref':'#/$defs/a'}",
                "{'$dynamicAnchor':'n','$dynamicRef':'#n'}",
            })
    void refusesReferencesWithoutEnd(String schema) {
        refuses(schema).withMessageContaining("endless loop");
    }

    @Test
    void refusesAReferenceToNothing() {
        refuses("{'$ref':'#/$defs/none'}").withMessageContaining("/$defs/none");
        refuses("{'properties':{'a':{'$ref':'#none'}}}").withMessageContaining("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'strin'}|/type: it must be one of \"array\", \"boolean\", \"integer\"",
                "{'properties':{'type':{'type':5}}}|/properties/type/type",
                "{'type':[]}|\"string\"; it must have at least 1 item, has 0.",
                "{'title':null}|/title: it must be a string, was null.",
                "{'required':['a','a']}|/required: it must not contain equal items, but items 0 and 1 are equal.",
                "{'properties':[]}|/properties: it must be an object",
                "{'properties':{'a':5}}|/properties/a: it must be an object or a boolean, was 5",
                "{'required':'a'}|/required: it must be an array",
                "{'required':[1]}|/required/0: it must be a string",
                "{'enum':'a'}|/enum: it must be an array",
                "{'pattern':'('}|/pattern: it is not a valid regular expression: Unclosed group",
                "{'patternProperties':{'[':true}}|/patternProperties/[",
                "{'minLength':-1}|/minLength: it must be at least 0, was -1",
                "{'maxLength':5000000000}|/maxLength: it must be a whole number from 0 to 2147483647",
                "{'maxItems':1.5}|/maxItems: it must be an integer, was 1.5",
                "{'minimum':'0'}|/minimum: it must be a number",
                "{'multipleOf':0}|/multipleOf: it must be more than 0, was 0",
                "{'uniqueItems':1}|/uniqueItems: it must be a boolean, was 1",
                "{'anyOf':[]}|/anyOf: it must have at least 1 item, has 0",
                "{'items':[true]}|prefixItems",
                "{'$ref':1}|/$ref: it must be a string",
                "{'$id':1}|/$id: it must be a string",
                "{'$ref':'a b'}|is not a URI",
                "{'dependentRequired':{'a':1}}|/dependentRequired/a: it must be an array",
            })
    void saysWhereItIsWrong(String schema, String sentence) {
        refuses(schema).withMessageContaining(sentence);
    }

    @Test
    void readsPropertiesNamedLikeKeywordsAsProperties() {
        assertThat(compile("{'properties':{'$ref':{'type':'string'},'pattern':{'const':'('}},'default':{'$ref':5}}")
                        .check(tree("{'$ref':'http://example.com/'}")))
                .isEmpty();
    }

    @Test
    void boundsDepthAndSize() {
        Json deep = Json.Obj.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            deep = Json.object().put("not", deep).build();
        }
        var tooDeep = (Json.Obj) deep;
        var tooMany = Json.object()
                .put(
                        "allOf",
                        new Json.Arr(Collections.nCopies(
                                100_000, Json.object().put("type", "string").build())))
                .build();

        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> ValueSchema.compile(tooDeep))
                .withMessageContaining("deeper than 64");
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> ValueSchema.compile(tooMany))
                .withMessageContaining("more than");
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<InvalidSchemaException> refuses(String schema) {
        return assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> compile(schema));
    }

    private static ValueSchema compile(String schema) {
        return ValueSchema.compile(JsonTree.objectFromTree(tree(schema)));
    }

    /** Whether a client has connected; the kernel queues connections, so a short look afterwards sees them all. */
    private static boolean accepted(ServerSocket listener) {
        try {
            listener.setSoTimeout(1);
            listener.accept().close();
            return true;
        } catch (SocketTimeoutException expected) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
