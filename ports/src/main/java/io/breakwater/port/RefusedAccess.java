package io.breakwater.port;

/**
 * An access that a server refused.
 *
 * @param requestId the id of the request, as in the error that the caller received and in the log
 * @param principal the caller, with the roles and scopes of its credential
 * @param kind the kind of the target, for example {@code tool}; the method, if it has several targets
 * @param name the name or URI of the target, cut off after 200 characters
 * @param decision the decision
 */
public record RefusedAccess(String requestId, Principal principal, String kind, String name, AccessDecision decision) {}
