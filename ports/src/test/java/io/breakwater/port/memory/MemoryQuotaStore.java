package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.QuotaStore;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link QuotaStore} for tests. Replicas share it by sharing the object. Thread-safe. */
public final class MemoryQuotaStore implements QuotaStore {
    private final Map<Entry, Double> usages = new HashMap<>(); // guarded by this
    private final SimulatedLink line;
    private int requests; // guarded by this

    private record Entry(Account account, LocalDate day) {}

    /** Creates an empty store; every operation passes the line. */
    public MemoryQuotaStore(SimulatedLink line) {
        this.line = line;
    }

    @Override
    public List<Balance> charge(List<Charge> charges, CallContext context) {
        line.pass();
        return chargeAll(charges);
    }

    private synchronized List<Balance> chargeAll(List<Charge> charges) {
        requests++;
        return charges.stream().map(this::charge).toList();
    }

    private Balance charge(Charge charge) {
        var entry = new Entry(charge.account(), charge.day());
        double after = usages.getOrDefault(entry, 0.0) + charge.amount();
        if (after > charge.limit()) {
            return new Balance(false, after - charge.amount());
        }
        usages.put(entry, after);
        return new Balance(true, after);
    }

    /** Returns what an account has used on a day. */
    public synchronized double used(Account account, LocalDate day) {
        return usages.getOrDefault(new Entry(account, day), 0.0);
    }

    /** Returns the number of requests that the store answered. */
    public synchronized int requests() {
        return requests;
    }
}
