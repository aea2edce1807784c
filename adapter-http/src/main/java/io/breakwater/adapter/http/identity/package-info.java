/**
 * Verifies the tokens of callers: signed ones (JWT) with {@link io.breakwater.adapter.http.identity.JwtVerifier}, opaque
 * ones with {@link io.breakwater.adapter.http.identity.IntrospectionVerifier}.
 *
 * <p>A signed token passes these classes in this order. {@code CompactToken} parses it strictly. {@code HeaderCheck} and
 * {@code ClaimsCheck} check what the settings of its issuer, {@link io.breakwater.adapter.http.identity.JwtIssuer},
 * require. {@code VerificationKeys} looks up its key without waiting. So far there is no cryptography and no network.
 * Then a {@code SignatureVerifier} verifies the signature, and {@code PrincipalMapper} maps the claims to a principal.
 *
 * <p>{@code IssuerKeys} holds the keys of an issuer: {@code KeySetFetcher} requests its key set, after
 * {@code IssuerMetadata} found the address, and Nimbus caches it, refreshes it ahead of time and keeps it while the
 * issuer cannot be reached.
 *
 * <p>{@link io.breakwater.adapter.http.identity.DpopVerifier} verifies the proofs of callers whose tokens are bound to a
 * key: {@code Confirmation} finds the thumbprint of the key in a token, {@code ProofClaims} and {@code ProofKey} check a
 * proof without its signature.
 */
@NullMarked
package io.breakwater.adapter.http.identity;

import org.jspecify.annotations.NullMarked;
