package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;

/** What the statements of one call may use of the quotas of its caller today. Thread-safe. */
public interface StatementQuota {

    /** Returns the highest cost that a statement may ever have, in planner units; infinite if cost is not limited. */
    double maxCost();

    /**
     * Takes the cost of a statement that was planned and has not run. May wait for a limited time.
     *
     * @throws io.breakwater.port.PortException.ExhaustedException if less is left today
     */
    void takeCost(double cost, CallContext context);

    /**
     * Checks that this cost is left, and takes nothing. May wait for a limited time.
     *
     * @throws io.breakwater.port.PortException.ExhaustedException if less is left today
     */
    void requireCost(double cost, CallContext context);

    /**
     * Checks before a statement runs that at least one row is left. May wait for a limited time.
     *
     * @throws io.breakwater.port.PortException.ExhaustedException if no row is left today
     */
    void requireRows(CallContext context);

    /** Counts the rows that a statement has returned. */
    void addRows(long rows);
}
