package io.breakwater.core.business.health;

/**
 * The identity of the server.
 *
 * @param version the version of the server
 * @param environment the environment, for example {@code production}
 */
public record ServerInfo(String version, String environment) {}
