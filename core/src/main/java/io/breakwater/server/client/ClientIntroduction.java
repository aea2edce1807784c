package io.breakwater.server.client;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself.
 *
 * @param info its {@code Implementation}
 * @param capabilities its {@code ClientCapabilities}
 * @param logLevel the least severe level it wants to hear, or null when it did not say
 * @param wantsProgress whether it wants to be told of progress
 */
record ClientIntroduction(
        Json.Obj info, Json.Obj capabilities, @Nullable LogLevel logLevel, boolean wantsProgress) {}
