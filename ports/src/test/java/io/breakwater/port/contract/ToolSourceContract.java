package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.ToolContext;
import io.breakwater.port.contract.ScriptedToolContext.LogMessage;
import io.breakwater.port.contract.ScriptedToolContext.Progress;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.port.driven.ToolSource.Descriptor;
import io.breakwater.sample.waiting.Eventually;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ToolSource} must do: describe its tools as MCP does, and call them for a client that it knows only
 * through the tool context.
 */
public abstract class ToolSourceContract {

    /**
     * Creates a source of these four tools, in this order:
     *
     * <ul>
     *   <li>{@code echo} takes a required string {@code message} and returns it as its only text;
     *   <li>{@code fail} has no parameters and fails with the message {@code "it broke"};
     *   <li>{@code count} has no parameters, reports progress 1, 2 and 3 of 3, and returns {@code "3"};
     *   <li>{@code greet} has no parameters, requests {@code elicitation/create} (message {@code "Who is there?"}, one
     *       required string {@code name}), logs at {@code info}, and returns {@code "Hello, NAME"}.
     * </ul>
     */
    protected abstract ToolSource make();

    /** Returns a function that changes the list of tools; empty for sources whose list never changes. */
    protected abstract Optional<Runnable> change(ToolSource source);

    @Test
    void listsItsToolsInOrder() {
        assertThat(make().tools()).extracting(Descriptor::name).containsExactly("echo", "fail", "count", "greet");
    }

    @Test
    void describesToolsWithValidNamesAndSchemas() {
        assertThat(make().tools()).allSatisfy(tool -> {
            assertThat(tool.name()).matches("[A-Za-z0-9_.-]{1,128}");
            assertThat(tool.inputSchema().text("type")).isEqualTo("object");
        });
        var echo = make().tools().getFirst().inputSchema();
        assertThat(echo.object("properties").object("message").text("type")).isEqualTo("string");
        assertThat(echo.get("required")).isEqualTo(Json.array(Json.of("message")));
    }

    @Test
    void callsATool() throws Exception {
        var message = "ß → 𝄞 \" \\ \n";

        var result = call(make(), "echo", withMessage(message), ScriptedToolContext.silent());

        assertThat(text(result)).isEqualTo(message);
        assertThat(result.get("isError")).isNotEqualTo(Json.Bool.TRUE);
    }

    @Test
    void reportsAFailureWithoutInternalDetails() throws Exception {
        var result = call(make(), "fail", Json.Obj.EMPTY, ScriptedToolContext.silent());

        assertThat(result.get("isError")).isEqualTo(Json.Bool.TRUE);
        assertThat(text(result)).contains("it broke").doesNotContain("\tat ", "Exception");
    }

    @Test
    void rejectsAnUnknownTool() {
        var outcome = failureOf(make(), "no_such_tool", ScriptedToolContext.silent());

        assertThat(outcome).isInstanceOf(PortException.RefusedException.class).hasMessageContaining("no_such_tool");
    }

    @Test
    void reportsProgress() throws Exception {
        var context = ScriptedToolContext.silent().withProgressToken();

        var result = call(make(), "count", Json.Obj.EMPTY, context);

        assertThat(text(result)).isEqualTo("3");
        assertThat(context.progress())
                .extracting(Progress::done, Progress::total)
                .containsExactly(tuple(1.0, 3.0), tuple(2.0, 3.0), tuple(3.0, 3.0));
    }

    @Test
    void sendsAClientRequestAndContinuesWithTheResponse() throws Exception {
        var context = ScriptedToolContext.answering(request -> accepted("Ada"));

        var result = call(make(), "greet", Json.Obj.EMPTY, context);

        assertThat(text(result)).isEqualTo("Hello, Ada");
        assertThat(context.logMessages()).extracting(LogMessage::level).containsExactly("info");
        assertThat(context.requests()).singleElement().satisfies(clientRequest -> {
            assertThat(clientRequest.method()).isEqualTo("elicitation/create");
            assertThat(clientRequest.params().text("message")).isEqualTo("Who is there?");
            assertThat(clientRequest
                            .params()
                            .object("requestedSchema")
                            .object("properties")
                            .has("name"))
                    .isTrue();
        });
    }

    @Test
    void doesNotCatchTheSuspendSignal() {
        var context = ScriptedToolContext.replaying(List.of());

        assertThat(failureOf(make(), "greet", context)).isInstanceOf(ScriptedToolContext.Suspension.class);
        assertThat(context.logMessages()).isEmpty();
    }

    @Test
    void concurrentCallsUseTheirOwnToolContexts() throws Exception {
        var source = make();

        var answers = ConcurrentRun.run(
                16,
                thread -> IntStream.range(0, 20)
                        .mapToObj(i -> textOrFailure(source, thread + "/" + i))
                        .toList());

        var all = answers.stream().flatMap(many -> many.stream()).toList();
        assertThat(new HashSet<>(all))
                .hasSize(320)
                .allSatisfy(text -> assertThat(text).startsWith("Hello, "));
    }

    @Test
    void notifiesListenersWhenItsToolsChange() {
        var source = make();
        var before = source.tools();
        var notifications = new AtomicInteger();
        source.onChange(notifications::incrementAndGet);

        var change = change(source);
        change.ifPresent(Runnable::run);

        assertThat(notifications.get() > 0).isEqualTo(change.isPresent());
        assertThat(source.tools().equals(before)).isEqualTo(change.isEmpty());
    }

    private static String textOrFailure(ToolSource source, String name) {
        try {
            return text(
                    call(source, "greet", Json.Obj.EMPTY, ScriptedToolContext.answering(request -> accepted(name))));
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static Json.Obj call(ToolSource source, String tool, Json.Obj arguments, ToolContext context)
            throws Exception {
        return source.call(tool, arguments, context).toCompletableFuture().get(Eventually.SECONDS, TimeUnit.SECONDS);
    }

    private static Throwable failureOf(ToolSource source, String tool, ToolContext context) {
        var thrown = catchThrowable(() ->
                source.call(tool, Json.Obj.EMPTY, context).toCompletableFuture().join());
        return thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : thrown;
    }

    private static Json.Obj withMessage(String message) {
        return Json.object().put("message", message).build();
    }

    private static Json.Obj accepted(String name) {
        return Json.object()
                .put("action", "accept")
                .put("content", Json.object().put("name", name).build())
                .build();
    }

    /** Returns the only text of a result; for other results, a string that no test expects. */
    private static String text(Json.Obj result) {
        var only = result.get("content") instanceof Json.Arr(var blocks) && blocks.size() == 1
                ? blocks.getFirst()
                : Json.Obj.EMPTY;
        var text = only instanceof Json.Obj block ? block.text("text") : null;
        return text == null ? "not one text: " + result : text;
    }
}
