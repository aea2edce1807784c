package io.breakwater.bootstrap.apikey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A key to create.
 *
 * @param name its name
 * @param rights the rights that it gives
 * @param lifetime the time until it expires; null for never
 */
public record NewKey(
        String name, KeyRights rights, @Nullable Duration lifetime) {}
