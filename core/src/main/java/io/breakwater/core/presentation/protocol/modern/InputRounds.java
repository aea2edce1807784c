package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.SealContext;
import io.breakwater.core.business.session.SealContext.Purpose;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.presentation.call.AnswerValidator;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of a call that asks (multi-round-trip requests, SEP-2322): what the client has answered so far, which
 * questions were asked again, and what {@code once} has done so far. Between two rounds the server remembers nothing:
 * all this travels in {@code requestState}, sealed, bound to the principal and to this very request, and expiring. An
 * answer that is sealed is final: a later round cannot replace it.
 *
 * <p>Answers come from the client in any case; a call may bring them without a state, and gains nothing by it.
 */
final class InputRounds {
    private final Sealer seal;
    private final SealContext bond;
    private final Duration life;
    private final Map<String, Json.Obj> answers = new LinkedHashMap<>();
    private final Map<String, Json> done = new LinkedHashMap<>();
    private final Set<String> askedAgain = new LinkedHashSet<>();

    private InputRounds(Sealer seal, SealContext bond, Duration life) {
        this.seal = seal;
        this.bond = bond;
        this.life = life;
    }

    /**
     * What this request brings from earlier rounds.
     *
     * @throws McpException when the state does not open, or the answers have no proper shape
     */
    static InputRounds of(
            ParsedJson params, String principal, String method, String target, Sealer seal, Duration life) {
        var arguments = params.member("arguments");
        var given = arguments == null ? Json.Obj.EMPTY : arguments.json(); // none at all are none
        byte[] digest = SealContext.digestOf(JsonWriter.bytes(given));
        var rounds =
                new InputRounds(seal, new SealContext(Purpose.REQUEST_STATE, principal, method, target, digest), life);
        if (params.has("requestState")) {
            rounds.restore(params.text("requestState"));
        }
        if (params.has("inputResponses")) {
            responses(params.member("inputResponses")).forEach(rounds.answers::putIfAbsent); // the sealed ones stay
        }
        return rounds;
    }

    private void restore(@Nullable String sealed) {
        var payload = sealed == null ? null : seal.open(sealed, bond).orElse(null);
        if (payload == null) {
            throw McpException.invalidParams(
                    "requestState is not one this server gave for this request, or it has expired: call again without"
                            + " requestState and inputResponses");
        }
        var state = ParsedJson.read(payload);
        state.object("answers").members().forEach((key, answer) -> answers.put(key, (Json.Obj) answer));
        done.putAll(state.object("done").members());
        state.object("again").members().keySet().forEach(askedAgain::add);
    }

    /**
     * What a client answers, by key.
     *
     * @throws McpException when it has no proper shape
     */
    static Map<String, Json.Obj> responses(@Nullable ParsedJson responses) {
        if (responses == null || !(responses.json() instanceof Json.Obj(var members))) {
            throw McpException.invalidParams("inputResponses is an object that holds an object for each key");
        }
        var answers = new LinkedHashMap<String, Json.Obj>();
        members.forEach((key, answer) -> {
            if (!(answer instanceof Json.Obj object)) {
                throw McpException.invalidParams("inputResponses[\"" + key + "\"] is not an object");
            }
            answers.put(key, object);
        });
        return answers;
    }

    Json.@Nullable Obj answer(String key) {
        return answers.get(key);
    }

    /**
     * Drops an answer that does not fit its question, so that the client can give another.
     *
     * @throws io.breakwater.server.mcp.ToolException when the question was asked again before
     */
    synchronized void reject(String key, String misfit) {
        if (!askedAgain.add(key)) {
            throw AnswerValidator.refused(key, misfit);
        }
        answers.remove(key);
    }

    synchronized Json once(String key, Supplier<Json> effect) {
        var before = done.get(key);
        if (before != null) {
            return before;
        }
        var result = effect.get();
        done.put(key, result);
        return result;
    }

    /** What the client has to bring back. */
    String state() {
        var again = Json.object();
        askedAgain.forEach(key -> again.put(key, true));
        var state = Json.object()
                .put("answers", new Json.Obj(Map.copyOf(answers)))
                .put("done", new Json.Obj(done))
                .put("again", again.build())
                .build();
        byte[] payload = JsonWriter.bytes(state);
        if (payload.length > Sealer.MAX_PAYLOAD) {
            throw McpException.invalidParams("The answers so far are too long to be carried on: " + payload.length
                    + " bytes, of which " + Sealer.MAX_PAYLOAD + " are taken");
        }
        return seal.seal(payload, bond, life);
    }
}
