package io.breakwater.core.business.health;

/**
 * Which server this is.
 *
 * @param version of the server
 * @param environment where it runs: {@code production}, for instance
 */
public record ServerInfo(String version, String environment) {}
