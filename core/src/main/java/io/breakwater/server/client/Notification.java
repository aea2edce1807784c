package io.breakwater.server.client;

import io.breakwater.port.Json;

/**
 * A notification from the server: progress, a log message, or a change.
 *
 * @param method {@code notifications/progress} and so on
 * @param params its parameters; empty when it has none
 */
public record Notification(String method, Json.Obj params) {}
