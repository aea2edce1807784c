package io.breakwater.adapter.postgres.store;

import io.breakwater.port.driven.QuotaStore.Charge;
import io.breakwater.port.support.Sha256;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Charges as the arrays of a statement, one for each column. */
record ChargeRows(List<Charge> charges) {
    /** The number of old rows to delete beside one for each charge. */
    static final int CLEANUP = 20;

    /** Owners that are stored as they are. Another text may be too long for an index, or not be valid in a database. */
    private static final Pattern PLAIN_OWNER = Pattern.compile("(?!sha256:)[ -~]{0,200}");

    /** Returns the values of the columns. */
    Object[] values() {
        return new Object[] {
            texts(charge -> charge.day().toString()),
            texts(charge -> lowerCase(charge.account().scope())),
            texts(charge -> owner(charge.account().owner())),
            texts(charge -> lowerCase(charge.account().kind())),
            charges.stream().map(Charge::amount).toArray(Double[]::new),
            charges.stream().map(Charge::limit).toArray(Double[]::new)
        };
    }

    /** Returns the date before which rows are old, the number of old rows to delete, and the values of the columns. */
    Object[] withCleanup(LocalDate oldest) {
        var values = values();
        var all = new Object[values.length + 2];
        all[0] = oldest;
        all[1] = charges.size() + CLEANUP;
        System.arraycopy(values, 0, all, 2, values.length);
        return all;
    }

    private String[] texts(Function<Charge, String> column) {
        return charges.stream().map(column).toArray(String[]::new);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String owner(String name) {
        return PLAIN_OWNER.matcher(name).matches() ? name : "sha256:" + Sha256.hex(name);
    }
}
