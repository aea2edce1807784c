package io.breakwater.port.driven;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.ToolContext;
import io.breakwater.port.contract.ToolSourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The smallest source that keeps the contract; a start for one of your own. */
class HandMadeToolsTest extends ToolSourceContract {

    @Override
    protected ToolSource make() {
        return new HandMadeTools();
    }

    @Override
    protected Optional<Runnable> change(ToolSource source) {
        return Optional.of(((HandMadeTools) source)::grow);
    }

    private static final class HandMadeTools implements ToolSource {
        private final List<String> names = new CopyOnWriteArrayList<>(List.of("echo", "fail", "count", "greet"));
        private final List<Runnable> listeners = new ArrayList<>();

        void grow() {
            names.add("grown");
            listeners.forEach(Runnable::run);
        }

        @Override
        public List<Descriptor> tools() {
            return names.stream()
                    .map(name -> new Descriptor(
                            name,
                            null,
                            "The tool " + name,
                            input(name.equals("echo") ? "message" : null),
                            null,
                            Json.Obj.EMPTY,
                            Json.array(),
                            Json.Obj.EMPTY))
                    .toList();
        }

        @Override
        public CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext context) {
            return switch (tool) {
                case "echo" -> answer(String.valueOf(arguments.text("message")), false);
                case "fail" -> answer("it broke", true);
                case "count" -> count(context);
                case "greet" -> greet(context);
                default ->
                    CompletableFuture.failedStage(new PortException.RefusedException("There is no tool " + tool, null));
            };
        }

        @Override
        public void onChange(Runnable action) {
            listeners.add(action);
        }

        private static CompletionStage<Json.Obj> count(ToolContext context) {
            for (var i = 1; i <= 3; i++) {
                context.progress(i, 3.0, null);
            }
            return answer("3", false);
        }

        private static CompletionStage<Json.Obj> greet(ToolContext context) {
            var clientRequest = Json.object()
                    .put("message", "Who is there?")
                    .put("requestedSchema", input("name"))
                    .build();
            var name = context.request("elicitation/create", clientRequest)
                    .object("content")
                    .text("name");
            context.log("info", null, Json.of("greeted"));
            return answer("Hello, " + name, false);
        }

        private static CompletionStage<Json.Obj> answer(String text, boolean error) {
            var block = Json.object().put("type", "text").put("text", text).build();
            return CompletableFuture.completedStage(Json.object()
                    .put("content", Json.array(block))
                    .put("isError", error)
                    .build());
        }

        private static Json.Obj input(@Nullable String required) {
            var schema = Json.object().put("type", "object");
            if (required != null) {
                var string = Json.object().put("type", "string").build();
                schema.put("properties", Json.object().put(required, string).build())
                        .put("required", Json.array(Json.of(required)));
            }
            return schema.build();
        }
    }
}
