package io.breakwater.port.contract;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.breakwater.port.memory.ManualCallContext;
import java.io.Serial;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A conversation that writes down what a tool says, and answers its questions as the test says. Thread-safe. */
public final class ScriptedToolContext implements ToolContext {

    /** A question a tool put. */
    public record Question(String method, Json.Obj params) {}

    private final Signal signal = new Signal();
    private final Supplier<Json.Obj> answer;
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();

    private ScriptedToolContext(@Nullable Supplier<Json.Obj> answer) {
        this.answer = answer == null ? this::unwind : answer;
    }

    /** Nothing may be asked. */
    public static ScriptedToolContext silent() {
        return new ScriptedToolContext(() -> {
            throw new AssertionError("Nothing may be asked here");
        });
    }

    /** Every question gets that answer. */
    public static ScriptedToolContext answering(Json.Obj result) {
        return new ScriptedToolContext(() -> result);
    }

    /** A question ends the call, as on a stateless wire. */
    public static ScriptedToolContext unwinding() {
        return new ScriptedToolContext(null);
    }

    /** What ends a call that asks. */
    public Error signal() {
        return signal;
    }

    /** The questions so far. */
    public List<Question> questions() {
        return questions;
    }

    /** The steps so far, such as {@code "1 of 3"}. */
    public List<String> progress() {
        return progress;
    }

    /** The levels of what was logged so far. */
    public List<String> logged() {
        return logged;
    }

    @Override
    public CallContext callContext() {
        return ManualCallContext.unhurried();
    }

    @Override
    public Json.Obj clientCapabilities() {
        return Json.object()
                .put("elicitation", Json.object().put("form", Json.Obj.EMPTY).build())
                .build();
    }

    @Override
    public Json.Obj clientInfo() {
        return Json.object().put("name", "contract").put("version", "1").build();
    }

    @Override
    public String protocolVersion() {
        return "2025-11-25";
    }

    @Override
    public Json.Obj meta() {
        return Json.object().put("progressToken", "token").build();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        progress.add(plain(done) + " of " + (total == null ? "?" : plain(total)));
    }

    @Override
    public void log(String level, @Nullable String logger, Json data) {
        logged.add(level);
    }

    @Override
    public Json.Obj request(String method, Json.Obj params) {
        questions.add(new Question(method, params));
        return answer.get();
    }

    private Json.Obj unwind() {
        throw signal;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** Unwinds a call; no handler that catches exceptions takes it. */
    private static final class Signal extends Error {
        @Serial
        private static final long serialVersionUID = 1L;

        Signal() {
            super("Answer first", null, false, false);
        }
    }
}
