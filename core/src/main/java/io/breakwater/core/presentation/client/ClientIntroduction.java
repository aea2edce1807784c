package io.breakwater.core.presentation.client;

import io.breakwater.core.presentation.catalog.LogLevel;
import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself.
 *
 * @param info its {@code Implementation}
 * @param capabilities its {@code ClientCapabilities}
 * @param logLevel the least severe level it wants to hear, or null when it did not say
 * @param curious whether it wants to be told of progress
 */
record ClientIntroduction(
        Json.Obj info, Json.Obj capabilities, @Nullable LogLevel logLevel, boolean curious) {}
