package io.breakwater.core.business.authentication;

import io.breakwater.port.CallContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    CompletableFuture<CredentialResult> run(
            Sha256Digest digest, Admission admission, Function<CallContext, CredentialResult> verification);

    /** Runs a verification that needs no admission. */
    default CompletableFuture<CredentialResult> run(
            Sha256Digest digest, Function<CallContext, CredentialResult> verification) {
        return run(digest, Admission.ALWAYS, verification);
    }

    /** Decides whether a verification begins, on its thread and before it occupies one of the limited places. */
    interface Admission {

        /** Admits every verification. */
        Admission ALWAYS = new Admission() {
            @Override
            public @Nullable CredentialResult begin(CallContext context) {
                return null;
            }

            @Override
            public void end(CredentialResult result) {
                // It holds nothing.
            }
        };

        /**
         * Returns null if the verification may begin, otherwise its result. May block, for at most the time that
         * remains of the context.
         */
        @Nullable
        CredentialResult begin(CallContext context);

        /** Is called once for a verification that was admitted, also if it did not run. */
        void end(CredentialResult result);
    }
}
