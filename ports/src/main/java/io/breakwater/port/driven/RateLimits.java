package io.breakwater.port.driven;

import static io.breakwater.port.support.SettingChecks.check;
import static java.util.Objects.requireNonNull;

import io.breakwater.port.RateLimit;
import java.time.Duration;
import java.util.List;

/**
 * Limits the rate of calls with the generic cell rate algorithm (GCRA, ITU-T I.371). A call has several keys, such as its
 * caller and its tool, each with a {@link RateLimit}. The store has one bucket of tokens for each key; a bucket that it
 * does not know is full. The method may block, and raises {@link io.breakwater.port.PortException}. Contract:
 * {@code RateLimitsContract}.
 */
public interface RateLimits {
    /** How many tokens a call that takes several may take beyond those that a bucket has. Later calls wait them off. */
    int MAX_OVERDRAFT = 50;

    /**
     * Takes the tokens of one call in one atomic step: from every key, or, if one key has too few, from none.
     *
     * @param charges at least one; no two have the same key
     */
    Decision take(List<Charge> charges);

    /** What a key limits. */
    enum Scope {
        /** The calls of one principal; the group is its id. */
        PRINCIPAL,
        /** The calls of the anonymous callers in one network; the group is its address. */
        NETWORK,
        /** The calls of one tool; the group is its name. */
        TOOL,
        /** All calls; the group is empty. */
        GLOBAL
    }

    /**
     * The key of a bucket. A store with several nodes keeps the keys of one group on one node.
     *
     * @param scope the kind of the group
     * @param group the principal, network or tool
     * @param name distinguishes the keys of a group: the tool for a principal's calls of one tool, and otherwise empty
     */
    record BucketKey(Scope scope, String group, String name) {
        /** Refuses null. */
        public BucketKey {
            requireNonNull(scope, "BucketKey.scope must not be null.");
            requireNonNull(group, "BucketKey.group must not be null.");
            requireNonNull(name, "BucketKey.name must not be null.");
        }

        /** Returns whether both keys belong to one group. */
        public boolean isInGroupOf(BucketKey other) {
            return scope == other.scope && group.equals(other.group);
        }
    }

    /**
     * The tokens that a call takes from one key.
     *
     * @param key the key
     * @param limit its limit
     * @param cost the number of tokens that the call needs: it is admitted if the bucket has one token, and at most
     *     {@link #MAX_OVERDRAFT} less than the cost
     * @param most the number of tokens to take if the bucket has that many, so that the caller has some for later calls;
     *     at least the cost
     */
    record Charge(BucketKey key, RateLimit limit, int cost, int most) {
        /** Refuses a cost that the bucket never has. */
        public Charge {
            requireNonNull(key, "Charge.key must not be null.");
            requireNonNull(limit, "Charge.limit must not be null.");
            check(cost >= 1, "cost must be at least 1, but is " + cost + ".");
            check(cost <= maxCost(limit), "cost must be at most " + maxCost(limit) + ", but is " + cost + ".");
            check(most >= cost, "most must be at least the cost, but is " + most + ".");
        }

        /** Takes exactly the cost. */
        public Charge(BucketKey key, RateLimit limit, int cost) {
            this(key, limit, cost, cost);
        }

        /** Returns the highest cost that a full bucket of the limit admits. */
        public static int maxCost(RateLimit limit) {
            return limit.burst() + MAX_OVERDRAFT;
        }

        /** Returns the number of tokens that the bucket must have. */
        public int needed() {
            return Math.max(1, cost - MAX_OVERDRAFT);
        }
    }

    /** The answer of {@link #take}. */
    sealed interface Decision {

        /**
         * The tokens were taken.
         *
         * @param balances the balance of each charge, in the order of the charges
         */
        record Admitted(List<Balance> balances) implements Decision {
            /** Copies the list. */
            public Admitted {
                balances = List.copyOf(balances);
            }
        }

        /**
         * Nothing was taken.
         *
         * @param index the index of a charge whose key has too few tokens; of several in one group, the one that has
         *     them last
         * @param retryAfter the time until the key has enough tokens if no other call takes them; longer than zero
         */
        record Refused(int index, Duration retryAfter) implements Decision {
            /** Refuses an index below 0, and a time that is not longer than zero. */
            public Refused {
                check(index >= 0, "index must not be negative, but is " + index + ".");
                check(retryAfter.isPositive(), "retryAfter must be longer than zero, but is " + retryAfter + ".");
            }
        }
    }

    /**
     * The state of a key after a charge.
     *
     * @param taken the number of tokens that were taken
     * @param remaining the number of whole tokens that the bucket still has; negative if it is overdrawn
     * @param nextToken the time until the bucket has a token; zero if it has one
     */
    record Balance(int taken, long remaining, Duration nextToken) {}
}
