package io.breakwater.core.business.authentication;

import io.breakwater.port.driven.ProofVerifier;

/**
 * What a check of proofs uses.
 *
 * @param verifier verifies proofs
 * @param used the proofs that were used
 * @param url the URL of the MCP endpoint as clients use it
 */
public record ProofServices(ProofVerifier verifier, UsedProofs used, String url) {}
