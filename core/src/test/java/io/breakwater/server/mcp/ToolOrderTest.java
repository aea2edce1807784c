package io.breakwater.server.mcp;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breakwater.port.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of the methods of a tool's builder: an order that would lose something does not compile, and all other
 * orders build the same tool.
 */
class ToolOrderTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    /** Calls in a wrong order, and what the compiler's error names. */
    private static final Map<String, String> LOSSES = Map.ofEntries(
            entry(".cacheTags(args -> Set.of(args.id())).input(Find.class)", "method id()"),
            entry(".cacheTags((Find args) -> Set.of(args.id())).input(Find.class)", "incompatible"),
            entry(".cacheTags(args -> Set.of()).input(Find.class)", "method input"),
            entry(".cacheTags(args -> Set.of()).input(Json.Obj.EMPTY)", "method input"),
            entry(".cacheTags(args -> Set.of()).readOnly().title(null).input(Find.class)", "method input"),
            entry(".cacheTags(args -> Set.of()).output(Found.class)", "method output"),
            entry(".cacheTags(args -> Set.of()).output(Json.Obj.EMPTY)", "method output"),
            entry(".input(Find.class).cacheTags(args -> Set.of()).input(Json.Obj.EMPTY)", "method input"),
            entry(".invalidates((args, found) -> Set.of(args.id())).input(Find.class)", "method id()"),
            entry(".invalidates((args, found) -> Set.of()).input(Find.class)", "method input"),
            entry(".invalidates((args, found) -> Set.of()).output(null, ToolResult.class)", "method output"),
            entry(".invalidates((args, found) -> Set.of(found.text())).output(Found.class)", "method text"),
            entry(".invalidates((args, found) -> Set.of()).destructive().output(Found.class)", "method output"),
            entry(".handler((args, call) -> ToolResult.text(args.id())).input(Find.class)", "method id()"),
            entry(".handler((args, call) -> ToolResult.text(null)).input(Find.class)", "method input"),
            entry(".input(Find.class).handler((args, call) -> new Found(null)).output(Found.class)", "incompatible"));

    @TempDir
    Path classes;

    record Find(String id) {}

    record Found(String text) {}

    record Origin(String cache) {}

    @Test
    void anOrderThatLosesSomethingDoesNotCompile() {
        var errors = compile(List.copyOf(LOSSES.keySet()));

        assertThat(LOSSES)
                .allSatisfy((calls, named) -> assertThat(errors.getOrDefault(calls, List.of()))
                        .as(calls)
                        .anySatisfy(error -> assertThat(error).contains(named)));
    }

    @Test
    void allOtherOrdersCompile() {
        var errors = compile(List.of(
                ".handler((args, call) -> ToolResult.text(null))",
                ".input(Find.class).handler((args, call) -> ToolResult.text(args.id()))",
                ".output(Found.class).handler((args, call) -> new Found(null))",
                ".input(Find.class).output(Found.class).handler((args, call) -> new Found(args.id()))",
                ".output(Found.class).input(Find.class).handler((args, call) -> new Found(args.id()))",
                ".readOnly().cacheTags(args -> Set.of()).cacheFor(null).handler((args, call) -> ToolResult.text(null))",
                ".input(Find.class).invalidates((args, found) -> Set.of(args.id())).asTaskOnDemand(TaskSupport.OPTIONAL)"
                        + ".handler((args, call) -> ToolResult.text(args.id()))",
                ".asTask(TaskSupport.OPTIONAL).input(Find.class).output(Found.class).destructive()"
                        + ".invalidates((args, found) -> found == null ? Set.of() : Set.of(found.text()))"
                        + ".title(null).handler((args, call) -> new Found(args.id()))"));

        assertThat(errors).isEmpty();
    }

    @Test
    void whatDoesNotDependOnTheTypesMayComeBeforeOrAfterThem() {
        var before = Tool.named("find")
                .description("Finds.")
                .resultDecorator(Origin.class, status -> new Origin(status.wireName()))
                .readOnly()
                .cacheFor(TTL)
                .asTaskOnDemand(TaskSupport.OPTIONAL)
                .output(Found.class)
                .input(Find.class)
                .cacheTags(args -> Set.of(args.id()))
                .handler((args, call) -> new Found(args.id()));
        var after = Tool.named("find")
                .input(Find.class)
                .output(Found.class)
                .cacheTags(args -> Set.of(args.id()))
                .asTaskOnDemand(TaskSupport.OPTIONAL)
                .cacheFor(TTL)
                .readOnly()
                .resultDecorator(Origin.class, status -> new Origin(status.wireName()))
                .description("Finds.")
                .handler((args, call) -> new Found(args.id()));

        assertThat(before.definition()).isEqualTo(after.definition());
        assertThat(before.definition().outputSchema())
                .isNotNull()
                .satisfies(schema ->
                        assertThat(schema.object("properties").members()).containsOnlyKeys("text", "cache"));
    }

    @Test
    void hintsFromJsonKeepTheOtherHints() {
        var annotations = Json.object().put("idempotentHint", true).build();

        var hints = find().readOnly()
                .hints(annotations)
                .handler((args, call) -> new Found(""))
                .definition()
                .hints();

        assertThat(hints).isEqualTo(new ToolDefinition.Hints(true, null, true, null));
    }

    @Test
    void aReadOnlyToolIsNotDestructive() {
        var hints = find().destructive()
                .readOnly()
                .handler((args, call) -> new Found(""))
                .definition()
                .hints();

        assertThat(hints).isEqualTo(new ToolDefinition.Hints(true, null, null, null));
    }

    @Test
    void aResultDecoratorNeedsAnOutputSchema() {
        var builder = Tool.named("find")
                .description("Finds.")
                .resultDecorator(Origin.class, status -> new Origin(status.wireName()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.handler((args, call) -> ToolResult.text("")))
                .withMessage("Tool find has a result decorator but no output schema: add output(...), or remove"
                        + " resultDecorator(...).");
    }

    @Test
    void refusesTypesAfterTagsThatAVariableHidesFromTheCompiler() {
        var builder = find();
        builder.cacheTags(args -> Set.of(args.id()));

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.input(Json.Obj.EMPTY))
                .withMessage("Tool find: call input(...) and output(...) before cacheTags(...), invalidates(...),"
                        + " callsTools(...), naturalKey(...) and confirm(...).");
        assertThatIllegalStateException().isThrownBy(() -> builder.output(Json.Obj.EMPTY));
        var other = find();
        other.callsTools(args -> List.of(new ToolCall("find", Json.Obj.EMPTY)));
        assertThatIllegalStateException().isThrownBy(() -> other.input(Json.Obj.EMPTY));
    }

    @Test
    void refusesAHandlerForTypesThatTheToolNoLongerHas() {
        var builder = Tool.named("find").description("Finds.");
        builder.input(Find.class);

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.handler((args, call) -> ToolResult.text(args.toString())))
                .withMessage("Tool find: handler(...) is called on a builder from before input(...) or output(...)."
                        + " Call it on the builder that they return.");
        assertThatIllegalStateException().isThrownBy(() -> builder.cacheTags(args -> Set.of(args.toString())));
        assertThatIllegalStateException().isThrownBy(() -> builder.output(Found.class));
    }

    private static Tool.Builder<Find, Found> find() {
        return Tool.named("find").description("Finds.").input(Find.class).output(Found.class);
    }

    /** Compiles a tool with each of these chains of calls, and returns the errors by chain. */
    private Map<String, List<String>> compile(List<String> chains) {
        var found = new DiagnosticCollector<JavaFileObject>();
        var options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        var sources = IntStream.range(0, chains.size())
                .mapToObj(i -> new Source("Finder" + i, chains.get(i)))
                .toList();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, sources)
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.groupingBy(
                        diagnostic -> ((Source) diagnostic.getSource()).calls,
                        Collectors.mapping(diagnostic -> diagnostic.getMessage(Locale.ENGLISH), Collectors.toList())));
    }

    /** A class, held in memory, that builds a tool with a chain of calls. */
    private static final class Source extends SimpleJavaFileObject {
        private final String name;
        private final String calls;

        Source(String name, String calls) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.name = name;
            this.calls = calls;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return """
                    import io.breakwater.port.Json;
                    import io.breakwater.server.mcp.*;
                    import java.util.Set;

                    class %s {
                        record Find(String id) {}

                        record Found(String text) {}

                        static final Object TOOL = Tool.named("find")%s;
                    }
                    """.formatted(name, calls);
        }
    }
}
