package io.breakwater.core.data.authentication;

import io.breakwater.core.business.authentication.CredentialResult;
import io.breakwater.core.business.authentication.CredentialResult.Undecided;
import io.breakwater.core.business.authentication.Sha256Digest;
import io.breakwater.core.business.authentication.Verifications;
import io.breakwater.port.CallContext;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs verifications on virtual threads. Concurrent calls with the same token share one. When the time limit passes,
 * the callers get their answer, and the thread is interrupted; it keeps its permit until it ends, so that verifiers
 * that ignore the interruption cannot occupy more threads than the limit allows.
 */
@OutageBehavior(
        guard = "tokens",
        dependency = GuardDependency.THREADS,
        failure = "busy with verifications",
        effect = OutageEffect.DENY,
        behavior = "A token that must be verified gets 503. Known tokens and API keys are accepted.",
        recovery = "Tokens are verified when others have been.",
        signal = "`mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
public final class VerificationRunner implements Verifications {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final CredentialResult INTERRUPTED = new Undecided(RETRY_AFTER, "The verification was interrupted.");

    /** Twenty times as many may wait as run: at 64 that is a burst of 1,300 new clients, from several addresses. */
    private static final int WAITING_PER_PERMIT = 20;

    private final ServerExecutors executors;
    private final Semaphore permits;
    private final int capacity;
    private final Duration timeout;
    private final AtomicInteger admitted = new AtomicInteger();
    private final ConcurrentHashMap<Sha256Digest, Run> runs = new ConcurrentHashMap<>();

    /**
     * Creates a runner.
     *
     * @param concurrency the maximum number of verifications at once
     * @param timeout the time limit of a verification, including the time for which it waits
     */
    public VerificationRunner(ServerExecutors executors, int concurrency, Duration timeout) {
        this.executors = executors;
        this.permits = new Semaphore(concurrency);
        this.capacity = concurrency * (1 + WAITING_PER_PERMIT);
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<CredentialResult> run(
            Sha256Digest digest, Admission admission, Function<CallContext, CredentialResult> verification) {
        var run = new Run(digest, admission, verification);
        var present = runs.putIfAbsent(digest, run);
        if (present != null) {
            return present.result;
        }
        run.start();
        return run.result;
    }

    /** Returns the number of verifications that run or wait, for tests. */
    int count() {
        return admitted.get();
    }

    /** One verification. */
    private final class Run implements Runnable {
        private final Sha256Digest digest;
        private final Admission admission;
        private final Function<CallContext, CredentialResult> verification;
        private final CompletableFuture<CredentialResult> result = new CompletableFuture<>();
        private final TimedContext context = new TimedContext("authentication", timeout, executors::nanoTime);
        private ServerExecutors.@Nullable Scheduled timer; // guarded by this
        private @Nullable Thread thread; // guarded by this
        private boolean ended; // guarded by this

        Run(Sha256Digest digest, Admission admission, Function<CallContext, CredentialResult> verification) {
            this.digest = digest;
            this.admission = admission;
            this.verification = verification;
        }

        void start() {
            if (admitted.incrementAndGet() > capacity) {
                end(new Undecided(RETRY_AFTER, "Too many tokens are verified at once."));
                return;
            }
            try {
                startTimer();
                executors.virtualThreads().execute(this);
            } catch (RejectedExecutionException e) {
                end(new Undecided(RETRY_AFTER, "The server is closing."));
            }
        }

        private synchronized void startTimer() {
            timer = executors.schedule(timeout, this::expire);
        }

        @Override
        public void run() {
            begin();
            CredentialResult outcome = INTERRUPTED;
            try {
                var refusal = admission.begin(context);
                outcome = refusal == null ? verifyAdmitted() : refusal;
            } finally {
                end(outcome);
            }
        }

        private CredentialResult verifyAdmitted() {
            CredentialResult outcome = INTERRUPTED;
            try {
                if (permits.tryAcquire(context.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                    outcome = verifyWithPermit();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                admission.end(outcome);
            }
            return outcome;
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
        }

        /** An exception may repeat the token, so the log has its class only. */
        private CredentialResult verifyWithPermit() {
            try {
                return verification.apply(context);
            } catch (RuntimeException fault) {
                return new Undecided(
                        RETRY_AFTER,
                        "The verifier failed with " + fault.getClass().getName() + ".");
            } finally {
                permits.release();
            }
        }

        private void end(CredentialResult outcome) {
            synchronized (this) {
                thread = null;
                ended = true;
                if (timer != null) {
                    timer.cancel();
                }
            }
            admitted.decrementAndGet();
            runs.remove(digest, this);
            result.complete(outcome);
        }

        /** Completes the result in time, also if the verifier does not return. */
        private void expire() {
            runs.remove(digest, this);
            result.complete(new Undecided(RETRY_AFTER, "The verification took longer than " + timeout + "."));
            context.cancel();
            synchronized (this) {
                if (!ended && thread != null) {
                    thread.interrupt();
                }
            }
        }
    }
}
