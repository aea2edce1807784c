package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A quota that records what is taken from it, and that a test exhausts. */
final class RecordedQuota implements StatementQuota {
    private final List<Double> costs = new ArrayList<>();
    private final double maxCost;
    private long rows;
    private boolean exhausted;

    RecordedQuota() {
        this(Double.POSITIVE_INFINITY);
    }

    RecordedQuota(double maxCost) {
        this.maxCost = maxCost;
    }

    /** The costs that were taken. */
    List<Double> costs() {
        return costs;
    }

    /** The number of rows that were counted. */
    long rows() {
        return rows;
    }

    /** From now on, no row is left. */
    void exhaustRows() {
        exhausted = true;
    }

    @Override
    public double maxCost() {
        return maxCost;
    }

    @Override
    public void takeCost(double cost, CallContext context) {
        costs.add(cost);
    }

    @Override
    public void requireCost(double cost, CallContext context) {}

    @Override
    public void requireRows(CallContext context) {
        if (exhausted) {
            throw new PortException.ExhaustedException("No row is left.", Duration.ofHours(1));
        }
    }

    @Override
    public void addRows(long returned) {
        rows += returned;
    }
}
