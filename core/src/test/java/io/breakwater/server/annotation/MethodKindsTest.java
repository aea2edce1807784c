package io.breakwater.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the method stands, and who declares it, makes no difference. */
class MethodKindsTest {
    private static List<String> toolsOf(Object object) {
        return ToolMethods.of(object).tools().stream()
                .map(tool -> tool.definition().name())
                .toList();
    }

    static class Visibilities {
        @McpTool(description = "Private.")
        @SuppressWarnings("UnusedMethod")
        private String hidden() {
            return "private";
        }

        @McpTool(description = "Static.")
        static String shared() {
            return "static";
        }

        @McpTool(description = "Protected.")
        protected String guarded() {
            return "protected";
        }

        @McpTool(description = "Public.")
        public final String open() {
            return "public";
        }
    }

    @Test
    void callsMethodsOfEveryVisibility() {
        try (var server = AnnotatedServer.of(new Visibilities())) {
            assertThat(server.text("hidden", "{}")).isEqualTo("private");
            assertThat(server.text("shared", "{}")).isEqualTo("static");
            assertThat(server.text("guarded", "{}")).isEqualTo("protected");
            assertThat(server.text("open", "{}")).isEqualTo("public");
        }
    }

    static class Base {
        @McpTool(description = "Inherited.")
        String inherited() {
            return "base";
        }

        @McpTool(description = "Overridden.")
        String overridden() {
            return "base";
        }

        @McpTool(description = "Annotated twice.")
        String twice() {
            return "base";
        }
    }

    static class Derived extends Base {
        @Override
        String overridden() {
            return "derived";
        }

        @Override
        @McpTool(name = "again", description = "Annotated twice.")
        String twice() {
            return "derived";
        }
    }

    @Test
    void findsInheritedMethodsAndCallsTheOverridingOnes() {
        assertThat(toolsOf(new Derived())).containsExactlyInAnyOrder("again", "inherited", "overridden");
        try (var server = AnnotatedServer.of(new Derived())) {
            assertThat(server.text("inherited", "{}")).isEqualTo("base");
            assertThat(server.text("overridden", "{}")).isEqualTo("derived");
            assertThat(server.text("again", "{}")).isEqualTo("derived");
        }
    }

    interface Finder<K, V> {
        @McpTool(description = "Finds by key.")
        V find(@Arg("The key") K key);

        @McpTool(description = "Finds all.")
        default List<V> findAll(List<K> keys) {
            return keys.stream().map(this::find).toList();
        }
    }

    record Item(long id, String name) {}

    abstract static class CachedFinder<V> implements Finder<Long, V> {}

    static class Items extends CachedFinder<Item> {
        @Override
        public Item find(Long key) {
            return new Item(key, "pen");
        }
    }

    @Test
    void readsAnnotationsOnInterfacesAndResolvesTheirTypeVariables() {
        try (var server = AnnotatedServer.of(new Items())) {
            var schema = server.tool("find")
                    .object("inputSchema")
                    .object("properties")
                    .object("key");

            assertThat(schema.text("type")).isEqualTo("integer");
            assertThat(schema.text("description")).isEqualTo("The key");
            assertThat(server.call("find", "{'key':7}").structured().text("name"))
                    .isEqualTo("pen");
            assertThat(server.text("findAll", "{'keys':[1,2]}"))
                    .isEqualTo("[{\"id\":1,\"name\":\"pen\"},{\"id\":2,\"name\":\"pen\"}]");
        }
    }

    static class AnnotatedItems implements Finder<Long, Item> {
        @Override
        @McpTool(name = "find_item", description = "Finds an item.")
        public Item find(Long id) {
            return new Item(id, "pen");
        }
    }

    @Test
    void anAnnotationOnTheClassReplacesThatOfAGenericInterface() {
        assertThat(toolsOf(new AnnotatedItems())).containsExactlyInAnyOrder("findAll", "find_item");
    }

    interface Greeter {
        @McpTool(description = "Greets.")
        String greet(String name);
    }

    @Test
    void callsAProxyThroughItsInterface() {
        var proxy = Proxy.newProxyInstance(
                Greeter.class.getClassLoader(),
                new Class<?>[] {Greeter.class},
                (self, method, arguments) -> "Hello " + arguments[0]);
        try (var server = AnnotatedServer.of(proxy)) {
            assertThat(server.text("greet", "{'name':'Ann'}")).isEqualTo("Hello Ann");
        }
    }

    record RecordTools(String greeting) {
        @McpTool(description = "Greets.")
        String greet(String name) {
            return greeting + " " + name;
        }
    }

    @Test
    void callsMethodsOfRecordsAndOfAnonymousClasses() {
        try (var server = AnnotatedServer.of(new RecordTools("Hello"))) {
            assertThat(server.text("greet", "{'name':'Ann'}")).isEqualTo("Hello Ann");
        }
        var anonymous = new Object() {
            @McpTool(description = "Answers.")
            @SuppressWarnings("UnusedMethod") // the server calls it
            int answer() {
                return 42;
            }
        };
        try (var server = AnnotatedServer.of(anonymous)) {
            assertThat(server.call("answer", "{}").result().get("structuredContent"))
                    .isEqualTo(Json.of(42));
        }
    }

    static class Overloads {
        @McpTool(name = "find_by_name", description = "By name.")
        String find(String name) {
            return "name";
        }

        @McpTool(name = "find_by_id", description = "By id.")
        String find(long id) {
            return "id";
        }
    }

    @Test
    void tellsOverloadsApartByTheirToolNames() {
        try (var server = AnnotatedServer.of(new Overloads())) {
            assertThat(server.text("find_by_name", "{'name':'x'}")).isEqualTo("name");
            assertThat(server.text("find_by_id", "{'id':1}")).isEqualTo("id");
        }
    }
}
