package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.Consent;
import io.breakwater.core.business.session.SealContext;
import io.breakwater.core.business.session.SealContext.Purpose;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.presentation.call.ResponseValidator;
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
 * The rounds of a call with client requests (multi-round-trip requests, SEP-2322): the responses so far, the requests
 * that were repeated, the results of {@code runOnce}, the consent of the user, and the idempotency claim of the call. The
 * state is in {@code requestState}, which is sealed, bound to the principal and to this request, and expires. A sealed
 * response is final: a later round cannot replace it. Between two rounds the server stores nothing but the claim of a
 * call that has had an effect.
 *
 * <p>A client may send responses without a state, which has no advantage for it.
 */
final class InputRounds {
    private final Sealer sealer;
    private final SealContext context;
    private final Duration ttl;
    private final Map<String, Json.Obj> clientResponses = new LinkedHashMap<>();
    private final Map<String, Json> onceResults = new LinkedHashMap<>();
    private final Set<String> repeatedRequests = new LinkedHashSet<>();
    private @Nullable Consent consent; // guarded by this
    private @Nullable String claim; // guarded by this
    private int number;

    private InputRounds(Sealer sealer, SealContext context, Duration ttl) {
        this.sealer = sealer;
        this.context = context;
        this.ttl = ttl;
    }

    /**
     * Reads the state and the responses that this request carries.
     *
     * @throws McpException when the state cannot be unsealed, or the responses are malformed
     */
    static InputRounds of(
            ParsedJson params, String principal, String method, String target, Sealer sealer, Duration ttl) {
        var arguments = params.member("arguments");
        var argumentsJson =
                arguments == null ? Json.Obj.EMPTY : arguments.json(); // missing arguments equal an empty object
        byte[] digest = SealContext.digestOf(JsonWriter.bytes(argumentsJson));
        var rounds =
                new InputRounds(sealer, new SealContext(Purpose.REQUEST_STATE, principal, method, target, digest), ttl);
        if (params.has("requestState")) {
            rounds.restore(params.text("requestState"));
        }
        if (params.has("inputResponses")) {
            responses(params.member("inputResponses"))
                    .forEach(rounds.clientResponses::putIfAbsent); // sealed responses take precedence
        }
        return rounds;
    }

    private void restore(@Nullable String sealed) {
        var payload = sealed == null ? null : sealer.open(sealed, context).orElse(null);
        if (payload == null) {
            throw McpException.invalidParams(
                    "This server did not issue this requestState for this request, or it has expired: call again without"
                            + " requestState and inputResponses");
        }
        var state = ParsedJson.read(payload);
        number = state.integer("round", 1);
        state.object("answers").members().forEach((key, response) -> clientResponses.put(key, (Json.Obj) response));
        onceResults.putAll(state.object("done").members());
        state.object("again").members().keySet().forEach(repeatedRequests::add);
        storeConsent(Consent.of(state.object("consent")).orElse(null));
        claim = state.text("claim");
    }

    /**
     * Returns the responses of a client, by key.
     *
     * @throws McpException when the responses are malformed
     */
    static Map<String, Json.Obj> responses(@Nullable ParsedJson responses) {
        if (responses == null || !(responses.json() instanceof Json.Obj(var members))) {
            throw McpException.invalidParams("inputResponses must be an object that holds an object for each key");
        }
        var clientResponses = new LinkedHashMap<String, Json.Obj>();
        members.forEach((key, response) -> {
            if (!(response instanceof Json.Obj object)) {
                throw McpException.invalidParams("inputResponses[\"" + key + "\"] must be an object");
            }
            clientResponses.put(key, object);
        });
        return clientResponses;
    }

    /** Returns the number of this round; 0 for the first request of a call. */
    int number() {
        return number;
    }

    Json.@Nullable Obj response(String key) {
        return clientResponses.get(key);
    }

    /**
     * Drops a response that does not match its request, so that the client can send another.
     *
     * @throws io.breakwater.server.mcp.ToolException when the request was repeated before
     */
    synchronized void reject(String key, String mismatch) {
        if (!repeatedRequests.add(key)) {
            throw ResponseValidator.rejected(key, mismatch);
        }
        clientResponses.remove(key);
    }

    synchronized Json runOnce(String key, Supplier<Json> effect) {
        var earlier = onceResults.get(key);
        if (earlier != null) {
            return earlier;
        }
        var result = effect.get();
        onceResults.put(key, result);
        return result;
    }

    /** Returns true if {@code runOnce} has run an effect. */
    synchronized boolean hasEffect() {
        return !onceResults.isEmpty();
    }

    synchronized @Nullable String claim() {
        return claim;
    }

    synchronized void storeClaim(String id) {
        claim = id;
    }

    synchronized @Nullable Consent consent() {
        return consent;
    }

    synchronized void storeConsent(@Nullable Consent newest) {
        consent = newest;
    }

    /** Returns the sealed state, which the client sends with its next request. */
    synchronized String state() {
        var again = Json.object();
        repeatedRequests.forEach(key -> again.put(key, true));
        var state = Json.object()
                .put("answers", new Json.Obj(Map.copyOf(clientResponses)))
                .put("done", new Json.Obj(onceResults))
                .put("again", again.build())
                .put("round", number + 1);
        if (consent != null) {
            state.put("consent", consent.json());
        }
        if (claim != null && hasEffect()) { // a call without an effect gives its claim back
            state.put("claim", claim);
        }
        byte[] payload = JsonWriter.bytes(state.build());
        if (payload.length > Sealer.MAX_PAYLOAD) {
            throw McpException.invalidParams("The responses so far do not fit into requestState: they have "
                    + payload.length + " bytes, and at most " + Sealer.MAX_PAYLOAD + " are allowed");
        }
        return sealer.seal(payload, context, ttl);
    }
}
