package io.breakwater.core.business.authentication;

import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier;
import java.util.List;

/**
 * Decides which tokens are valid.
 *
 * @param verifiers the verifiers; the first that recognizes a token verifies it
 * @param revocations the tokens that were revoked before they expired
 */
public record TokenSources(List<TokenVerifier> verifiers, Revocations revocations) {}
