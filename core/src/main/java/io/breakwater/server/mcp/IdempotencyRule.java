package io.breakwater.server.mcp;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a tool treats calls that are repeated.
 *
 * @param guarantee what a key guarantees
 * @param keyArgument the argument that contains the caller's key, or null if there is none. A caller can always send the
 *     key as {@code _meta["io.breakwater/idempotencyKey"]}
 * @param naturalKey the function from {@link Tool#argumentsType} to the key of a call without one; null for no key
 */
public record IdempotencyRule(
        Idempotency guarantee,
        @Nullable String keyArgument,
        @Nullable Function<?, String> naturalKey) {

    /** Refuses null. */
    public IdempotencyRule {
        Preconditions.notNull(guarantee, "IdempotencyRule", "guarantee");
    }
}
