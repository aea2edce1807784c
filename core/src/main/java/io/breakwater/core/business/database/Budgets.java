package io.breakwater.core.business.database;

import java.time.LocalDate;

/** What each caller's queries have cost today, in the planner's units. Thread-safe. */
public interface Budgets {

    /**
     * Takes so much from a caller's budget of that day, or nothing when less is left.
     *
     * @param budget what a caller has for a day
     */
    Taken take(String caller, LocalDate day, double cost, double budget);

    /**
     * What came of it.
     *
     * @param granted whether it was taken
     * @param left what is left of the day's budget
     */
    record Taken(boolean granted, double left) {}
}
