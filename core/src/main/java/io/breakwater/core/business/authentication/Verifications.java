package io.breakwater.core.business.authentication;

import io.breakwater.port.CallContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Runs verifications, which may block, on other threads. The number that run or wait at once is limited, and so is the
 * time of each. Thread-safe; never blocks.
 */
@FunctionalInterface
public interface Verifications {

    /**
     * Runs a verification, or joins the one that runs for the same token. The future never fails: a verification that
     * throws, is interrupted, takes too long or finds no free thread is {@link CredentialResult.Undecided}.
     */
    CompletableFuture<CredentialResult> run(Sha256Digest digest, Function<CallContext, CredentialResult> verification);
}
