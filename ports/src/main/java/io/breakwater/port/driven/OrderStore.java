package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores how far each order has come that several services create together. The progress is saved before the request to
 * the next service, so that an order can be continued from its last stage, by a repeated call or in the background, after
 * its server has stopped at any moment. One run at a time has the claim on an order. An order that has not ended is never
 * forgotten. The methods block and raise {@link io.breakwater.port.PortException}. Contract: {@code OrderStoreContract}.
 */
public interface OrderStore {

    /**
     * Begins an order, or claims the order that an earlier call with the key has left. The operation is atomic: of any
     * number of calls, one receives the claim.
     *
     * @param key the key of the order; an order that has ended with a known outcome is forgotten after its retention
     * @param details the details of a new order
     */
    Start begin(IdempotencyKey key, Json.Obj details, Terms terms, CallContext context);

    /**
     * Claims an order that is due and that no other run has claimed, the one that is due for the longest time; empty if
     * there is none. The operation is atomic.
     *
     * @param lease the time in which the run should end
     */
    Optional<Claim> claimDue(Duration lease, CallContext context);

    /**
     * Saves the progress of an order, and extends the claim.
     *
     * @return false if another run has claimed the order, so that nothing was saved, and this run must end
     */
    boolean save(Claim claim, Progress progress, Terms terms, CallContext context);

    /**
     * Saves the progress of an order that has not ended, gives the claim back, and counts an attempt.
     *
     * @param due the time after which {@link #claimDue} returns the order
     * @return false if another run has claimed the order, so that nothing was saved
     */
    boolean postpone(Claim claim, Progress progress, Duration due, CallContext context);

    /**
     * Saves the outcome of an order, and ends it. It is forgotten when the retention of its key has passed from now on.
     *
     * @return false if another run has claimed the order, so that nothing was saved
     */
    boolean end(Claim claim, Json.Obj details, CallContext context);

    /**
     * Ends an order whose outcome no request can find out. It is never forgotten, because a call that repeats it would begin
     * a second order.
     *
     * @return false if another run has claimed the order, so that nothing was saved
     */
    boolean endUnresolved(Claim claim, Json.Obj details, CallContext context);

    /**
     * Forgets an order that certainly had no effect, so that its key is free.
     *
     * @return false if another run has claimed the order, so that nothing was changed
     */
    boolean remove(Claim claim, CallContext context);

    /** How far an order has come. */
    enum Stage {
        /** No request with an effect was sent. */
        BEGUN,
        /** The request that creates the order may have been sent. */
        ORDER_SENT,
        /** The order exists, and the request for its payment may have been sent. */
        PAYMENT_SENT,
        /** The order exists, is certainly not paid, and has to be cancelled. */
        CANCELLING,
        /** Nothing more will happen. */
        ENDED
    }

    /**
     * The state of an order.
     *
     * @param details what the order contains, and what has become of its steps; the store keeps it unchanged
     */
    record Progress(Stage stage, Json.Obj details) {
        /** Refuses null. */
        public Progress {
            requireNonNull(stage, "Progress.stage must not be null.");
            requireNonNull(details, "Progress.details must not be null.");
        }
    }

    /**
     * How long a run has an order for itself.
     *
     * @param lease the time in which the run should save progress again or end
     * @param due the time after which the order is due if the run does neither; at least the lease
     */
    record Terms(Duration lease, Duration due) {
        /** Refuses a due time before the end of the lease. */
        public Terms {
            if (!lease.isPositive() || due.compareTo(lease) < 0) {
                throw new IllegalArgumentException("An order is due when its lease has ended, or later.");
            }
        }
    }

    /**
     * The right of one run to continue an order.
     *
     * @param digest the digest of the key of the order
     * @param id identifies the claim
     * @param progress the state of the order
     * @param attempts how often the order was postponed
     * @param age the time since the order began
     */
    record Claim(String digest, String id, Progress progress, int attempts, Duration age) {
        /** Refuses null. */
        public Claim {
            requireNonNull(digest, "Claim.digest must not be null.");
            requireNonNull(id, "Claim.id must not be null.");
            requireNonNull(progress, "Claim.progress must not be null.");
            requireNonNull(age, "Claim.age must not be null.");
        }
    }

    /** The answer to {@link #begin}. */
    sealed interface Start {
        /** This run has the order, which is new or was left unfinished by an earlier run. */
        record Claimed(Claim claim) implements Start {}

        /** The order of an earlier call with this key and these arguments has ended. */
        record Ended(Json.Obj details) implements Start {}

        /**
         * Another run has the order.
         *
         * @param retryAfter the time after which to repeat the call; at most the remaining time of the lease
         */
        record InProgress(Duration retryAfter) implements Start {}

        /** The key belongs to a call with other arguments. */
        record OtherArguments() implements Start {}
    }
}
