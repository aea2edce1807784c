package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.business.idempotency.ClaimedCalls;
import io.breakwater.core.business.idempotency.IdempotencyKeys;
import io.breakwater.core.business.idempotency.RecordedCalls;
import io.breakwater.core.metrics.IdempotencyMeter;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the idempotency keys of calls. A caller sends its key in {@code _meta} or in the argument that the tool marks.
 * Read-only tools ignore keys, because a repeated call has no effect. Thread-safe.
 */
public final class IdempotencyService {
    /** The member of {@code _meta} with the caller's key. */
    public static final String META_KEY = "io.breakwater/idempotencyKey";

    private final IdempotencyKeys keys;
    private final @Nullable ClaimedCalls claims;
    private final @Nullable RecordedCalls records;
    private final IdempotencyMeter meter;

    /**
     * Creates the service of a server.
     *
     * @param claims the calls whose effect is not in the store; null if the server has no store for their keys
     * @param records the calls whose effect is in the store; null if the server has no store for their keys
     */
    public IdempotencyService(
            IdempotencyKeys keys,
            @Nullable ClaimedCalls claims,
            @Nullable RecordedCalls records,
            IdempotencyMeter meter) {
        this.keys = keys;
        this.claims = claims;
        this.records = records;
        this.meter = meter;
    }

    /**
     * Returns the call with its key, or null if it needs none.
     *
     * @param arguments the arguments, which are valid
     * @throws ToolException if the key is invalid, or the server cannot keep the promise that a key stands for
     */
    public @Nullable KeyedCall keyedCall(ToolEntry tool, ParsedJson arguments, ActiveCall call) {
        if (Boolean.TRUE.equals(tool.definition().hints().readOnly())) {
            return null;
        }
        var sent = sentKey(tool, arguments, call.params().member("_meta"));
        var key = key(tool, arguments, call, sent);
        return key == null ? null : keyedCall(tool, key);
    }

    private @Nullable IdempotencyKey key(ToolEntry tool, ParsedJson arguments, ActiveCall call, @Nullable String sent) {
        if (sent != null) {
            return keys.ofCaller(call.principal(), tool.name(), sent, withoutKey(tool, arguments.json()));
        }
        var natural = tool.naturalKey(arguments);
        return natural == null ? null : keys.ofTool(call.principal(), tool.name(), natural, arguments.json());
    }

    /** The key is no part of what the call does, so it makes no difference where the caller sends it. */
    private static Json withoutKey(ToolEntry tool, Json arguments) {
        var argument = tool.idempotency().keyArgument();
        if (argument == null || !(arguments instanceof Json.Obj sent)) {
            return arguments;
        }
        var others = Json.object();
        sent.members().forEach((name, value) -> {
            if (!name.equals(argument)) {
                others.put(name, value);
            }
        });
        return others.build();
    }

    private static @Nullable String sentKey(ToolEntry tool, ParsedJson arguments, @Nullable ParsedJson meta) {
        var inMeta = meta == null ? null : metaKey(meta);
        var argument = tool.idempotency().keyArgument();
        var inArguments = argument == null ? null : arguments.text(argument);
        if (inMeta != null && inArguments != null && !inMeta.equals(inArguments)) {
            throw refusal("The call has two different idempotency keys: one in _meta and one in the argument \""
                    + argument + "\". Send one key.");
        }
        return inMeta == null ? inArguments : inMeta;
    }

    /** Returns the key of {@code _meta}; null if it has none. */
    private static @Nullable String metaKey(ParsedJson meta) {
        if (!meta.has(META_KEY)) {
            return null;
        }
        var key = meta.text(META_KEY);
        if (key == null) {
            throw refusal("_meta[\"" + META_KEY + "\"] must be a string.");
        }
        return key;
    }

    private @Nullable KeyedCall keyedCall(ToolEntry tool, IdempotencyKey key) {
        return switch (tool.idempotency().guarantee()) {
            case EXACTLY_ONCE -> recordedCall(tool, key);
            case RESUMABLE -> new RecordedCall(key, null, outcome -> meter.record(tool.name(), outcome));
            case AT_MOST_ONCE ->
                new ClaimingCall(key, available(claims), outcome -> meter.record(tool.name(), outcome));
            case NONE -> throw refusal("The tool " + tool.name() + " takes no idempotency key. Remove the key.");
            case PER_CALLED_TOOL ->
                claims == null ? null : keyedBatch(tool, key, claims); // the called tools refuse keys
        };
    }

    private KeyedCall keyedBatch(ToolEntry tool, IdempotencyKey key, ClaimedCalls available) {
        return new KeyedBatch(key, available, outcome -> meter.record(tool.name(), outcome));
    }

    private KeyedCall recordedCall(ToolEntry tool, IdempotencyKey key) {
        return new RecordedCall(
                key,
                tool.asksForConfirmation() ? available(records) : null,
                outcome -> meter.record(tool.name(), outcome));
    }

    private static <T> T available(@Nullable T calls) {
        if (calls == null) {
            throw refusal("This server has no store for idempotency keys, so it cannot find out whether a call repeats"
                    + " another one. Remove the key.");
        }
        return calls;
    }

    /** Returns true if these arguments contain a key, in the argument that the tool marks. */
    public static boolean hasKeyArgument(ToolEntry tool, Json.Obj arguments) {
        var argument = tool.idempotency().keyArgument();
        return argument != null && arguments.text(argument) != null;
    }

    /** Returns the text of the key in the {@code _meta} of a call that has passed the guard; null if there is none. */
    public static @Nullable String keyText(Json.Obj meta) {
        return meta.text(META_KEY);
    }

    private static ToolException refusal(String message) {
        return new ToolException(ErrorCode.INVALID_PARAMS, message);
    }
}
