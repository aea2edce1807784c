package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaDay;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.server.execution.ServerExecutors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The usages of today in memory, and what is unsettled. The number of accounts is limited: beyond it, the account that was
 * not used for the longest time is forgotten, and what is unsettled of it is left over for the next settlement, as it is
 * of a day that is over. The lock of the {@link UsageLedger} guards the table.
 */
final class UsageTable {
    private final int maxAccounts;
    private final ServerExecutors executors;
    private final boolean settles;
    private final LinkedHashMap<Account, Usage> usages = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Usage> unsettled = new LinkedHashSet<>();
    private final Map<Entry, Double> leftovers = new LinkedHashMap<>();

    private record Entry(Account account, QuotaDay day) {}

    UsageTable(int maxAccounts, ServerExecutors executors, boolean settles) {
        this.maxAccounts = maxAccounts;
        this.executors = executors;
        this.settles = settles;
    }

    QuotaDay today() {
        return QuotaDay.of(executors.clock().instant());
    }

    /** Returns the usage of an account today. After a clock jumped back, a day that is over does not begin again. */
    Usage usage(Account account) {
        var today = today();
        var usage = usages.get(account);
        if (usage == null) {
            return create(account, today);
        }
        if (today.number() > usage.day().number()) {
            var over = usage.day();
            double amount = usage.unsettled();
            usage.begin(today);
            unsettled.remove(usage);
            leaveOver(account, over, amount);
        }
        return usage;
    }

    private Usage create(Account account, QuotaDay today) {
        var usage = new Usage(account, today);
        usages.put(account, usage);
        var leftover = leftovers.remove(new Entry(account, today));
        if (leftover != null) {
            add(usage, leftover);
        }
        if (usages.size() > maxAccounts) {
            forget(usages.firstEntry().getValue());
        }
        return usage;
    }

    private void forget(Usage usage) {
        usages.remove(usage.account());
        unsettled.remove(usage);
        leaveOver(usage.account(), usage.day(), usage.unsettled());
        usage.forget();
    }

    /** Adds an amount of a usage that may be forgotten, or of another day; beyond the limit on the memory it is lost. */
    void leaveOver(Account account, QuotaDay day, double amount) {
        var current = usages.get(account);
        if (current != null && current.day().equals(day)) {
            add(current, amount);
        } else if (settles && amount != 0 && leftovers.size() < maxAccounts) {
            leftovers.merge(new Entry(account, day), amount, Double::sum);
        }
    }

    void add(Usage usage, double amount) {
        usage.add(amount);
        noteUnsettled(usage);
    }

    /** Notes whether something of a usage is unsettled. */
    void noteUnsettled(Usage usage) {
        if (settles && usage.unsettled() != 0) {
            unsettled.add(usage);
        } else {
            unsettled.remove(usage);
        }
    }

    /** Returns the number of usages and leftovers that are unsettled. */
    int unsettled() {
        return unsettled.size() + leftovers.size();
    }

    /** Begins the settlement of a usage. */
    Settlement.Item settle(Usage usage) {
        unsettled.remove(usage);
        return new Settlement.Item(usage.account(), usage.day(), usage, usage.beginSettlement(), null);
    }

    /** Begins the settlement of up to a number of unsettled usages and of leftovers. */
    List<Settlement.Item> settle(int maxItems) {
        var items = new ArrayList<Settlement.Item>();
        unsettled.stream().limit(maxItems).toList().forEach(usage -> items.add(settle(usage)));
        var rest = leftovers.entrySet().iterator();
        while (items.size() < maxItems && rest.hasNext()) {
            var leftover = rest.next();
            var entry = leftover.getKey();
            items.add(new Settlement.Item(entry.account(), entry.day(), null, leftover.getValue(), null));
            rest.remove();
        }
        return items;
    }

    /** Begins the settlement of the usage that was used last, even if nothing of it is unsettled. */
    List<Settlement.Item> settleLatest() {
        var latest = usages.lastEntry();
        return latest == null ? List.of() : List.of(settle(usage(latest.getKey())));
    }

    int size() {
        return usages.size();
    }
}
