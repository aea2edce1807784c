package io.breakwater.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.schema.Default;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Annotated methods use the result cache. */
class CachedMethodsTest {
    record Stock(int pieces) {}

    static class Warehouse {
        private final AtomicInteger loads = new AtomicInteger();

        @McpTool(
                description = "Counts an item.",
                readOnly = true,
                cacheForAll = "PT10M",
                cacheTags = {"item:{id}", "floor:{floor}", "all"})
        Stock count(long id, @Default("0") int level, OptionalInt floor) {
            return new Stock(loads.incrementAndGet());
        }

        @McpTool(description = "Changes an item.", invalidates = "item:{id}")
        void change(long id) {}

        @McpTool(description = "Changes a floor.", invalidates = "floor:{floor}")
        void changeFloor(int floor) {}

        @McpTool(description = "Changes everything and fails.", invalidates = "all")
        void fail() {
            throw new IllegalStateException("half done");
        }
    }

    private final AnnotatedServer server = AnnotatedServer.of(new Warehouse());

    private String count(String arguments) {
        return String.valueOf(server.call("count", arguments).structured().get("pieces"));
    }

    @Test
    void aResultIsCachedForItsArguments() {
        var first = count("{'id':1}");

        assertThat(count("{'id':1}")).isEqualTo(first);
        assertThat(count("{'id':2}")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "change | {'id':1} | true",
                "change | {'id':1.0} | true",
                "change | {'id':2} | false",
                "changeFloor | {'floor':3} | true",
                "changeFloor | {'floor':1} | false",
                "fail | {} | true"
            })
    void aWriteInvalidatesTheResultsWithItsTags(String tool, String arguments, boolean invalidates) {
        var first = count("{'id':1,'floor':3}");
        server.call(tool, arguments);

        assertThat(!count("{'id':1,'floor':3}").equals(first)).isEqualTo(invalidates);
    }
}
