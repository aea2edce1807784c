package io.breakwater.port.driven;

import static io.breakwater.port.support.SettingChecks.check;
import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import java.time.LocalDate;
import java.util.List;

/**
 * Stores how much principals and tenants have used of their quotas on each day. The servers of a deployment share it:
 * each counts for itself, and adds its counts in blocks. The store forgets days that are over after some days. The method
 * may block, and raises {@link io.breakwater.port.PortException}. Contract: {@code QuotaStoreContract}.
 */
public interface QuotaStore {

    /**
     * Makes charges. Each is atomic and is decided by itself: it is made completely, or not at all.
     *
     * @param charges no two have the same account and day
     * @return the balance of each charge, in the order of the charges
     * @throws io.breakwater.port.PortException if the store failed; the charges may have been made nevertheless
     */
    List<Balance> charge(List<Charge> charges, CallContext context);

    /** Whose usage an account counts. */
    enum Scope {
        /** The usage of one principal; the owner is its id. */
        PRINCIPAL,
        /** The usage of all principals of one tenant; the owner is its name. */
        TENANT
    }

    /** What an account counts. */
    enum Kind {
        /** Calls. */
        CALLS,
        /** Rows that statements returned. */
        ROWS,
        /** The cost of statements, in units of the planner. */
        COST
    }

    /**
     * The key of a usage.
     *
     * @param scope the kind of the owner
     * @param owner the principal or the tenant: any text
     * @param kind what is counted
     */
    record Account(Scope scope, String owner, Kind kind) {
        /** Refuses null. */
        public Account {
            requireNonNull(scope, "Account.scope must not be null.");
            requireNonNull(owner, "Account.owner must not be null.");
            requireNonNull(kind, "Account.kind must not be null.");
        }
    }

    /**
     * An addition to the usage of an account.
     *
     * @param account the account
     * @param day the day (UTC) on which the usage counts
     * @param amount the amount to add; a negative one gives back, and 0 only asks for the balance
     * @param limit the charge is made only if the usage does not exceed this afterwards; infinite for no limit
     */
    record Charge(Account account, LocalDate day, double amount, double limit) {
        /** Refuses null, and amounts and limits that are not numbers. */
        public Charge {
            requireNonNull(account, "Charge.account must not be null.");
            requireNonNull(day, "Charge.day must not be null.");
            check(Double.isFinite(amount), "amount must be a finite number, but is " + amount + ".");
            check(!Double.isNaN(limit), "limit must be a number.");
        }
    }

    /**
     * The state of an account after a charge.
     *
     * @param charged whether the charge was made
     * @param used the usage on the day of the charge
     */
    record Balance(boolean charged, double used) {}
}
