package io.breakwater.server.client;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * What a client declares about itself.
 *
 * @param info its {@code Implementation}
 * @param capabilities its {@code ClientCapabilities}
 * @param logLevel the least severe level of log messages that it requests, or null
 * @param wantsProgress whether it requests progress notifications
 */
record ClientIntroduction(
        Json.Obj info, Json.Obj capabilities, @Nullable LogLevel logLevel, boolean wantsProgress) {}
