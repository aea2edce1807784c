package io.breakwater.adapter.mcp;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.breakwater.port.memory.ManualCallContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call as a server sees it: writes down what the tool says and asks, and answers as its client does. */
final class RecordedCall implements ToolContext {

    /** A question the tool put. */
    record Question(String method, Json.Obj params) {}

    /** A step of progress. */
    record Step(
            double done, @Nullable Double total, @Nullable String message) {}

    /** A log line. */
    record Line(String level, @Nullable String logger, Json data) {}

    /** How the client answers. */
    @FunctionalInterface
    interface Client {
        Json.Obj answer(Question question);
    }

    static final Json.Obj ABLE = Json.object()
            .put("elicitation", Json.Obj.EMPTY)
            .put("sampling", Json.Obj.EMPTY)
            .put("roots", Json.Obj.EMPTY)
            .build();

    final List<Question> questions = Collections.synchronizedList(new ArrayList<>());
    final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    final List<Line> lines = Collections.synchronizedList(new ArrayList<>());
    final ManualCallContext scope = ManualCallContext.unhurried();
    Json.Obj capabilities = ABLE;
    Json.Obj clientInfo = Json.object().put("name", "ada").put("version", "1").build();
    Json.Obj meta = Json.Obj.EMPTY;
    private final Client client;

    RecordedCall(Client client) {
        this.client = client;
    }

    /** A call in which nothing may be asked. */
    static RecordedCall silent() {
        return new RecordedCall(question -> {
            throw new AssertionError("Asked " + question);
        });
    }

    /** A run on a stateless wire: the questions that have no answer yet end it. */
    static RecordedCall replaying(List<Json.Obj> answers) {
        var next = List.copyOf(answers).iterator();
        return new RecordedCall(question -> {
            if (next.hasNext()) {
                return next.next();
            }
            throw new Unwinding(question);
        });
    }

    RecordedCall withProgressToken() {
        meta = Json.object().put("progressToken", "p-1").build();
        return this;
    }

    @Override
    public CallContext callContext() {
        return scope;
    }

    @Override
    public String session() {
        return "s-1";
    }

    @Override
    public Json.Obj clientCapabilities() {
        return capabilities;
    }

    @Override
    public Json.Obj clientInfo() {
        return clientInfo;
    }

    @Override
    public String protocolVersion() {
        return "2025-11-25";
    }

    @Override
    public Json.Obj meta() {
        return meta;
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        steps.add(new Step(done, total, message));
    }

    @Override
    public void log(String level, @Nullable String logger, Json data) {
        lines.add(new Line(level, logger, data));
    }

    @Override
    public Json.Obj request(String method, Json.Obj params) {
        var question = new Question(method, params);
        questions.add(question);
        return client.answer(question);
    }
}
