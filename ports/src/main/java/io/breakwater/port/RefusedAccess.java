package io.breakwater.port;

/**
 * An access that a server refused.
 *
 * @param requestId the id of the request, as in the error that the caller received and in the log
 * @param principal the id of the caller
 * @param kind the kind of the target, for example {@code tool}; where scopes are missing, the method
 * @param name the name or URI of the target, cut off after 200 characters
 * @param decision the decision
 */
public record RefusedAccess(String requestId, String principal, String kind, String name, AccessDecision decision) {}
