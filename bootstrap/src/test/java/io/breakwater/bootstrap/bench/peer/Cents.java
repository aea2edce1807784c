package io.breakwater.bootstrap.bench.peer;

import java.math.BigDecimal;

/** Amounts of money in cents, which are numbers with two digits after the point in JSON. */
final class Cents {
    private static final int DIGITS = 2;

    private Cents() {}

    static String text(long cents) {
        return BigDecimal.valueOf(cents, DIGITS).toPlainString();
    }

    static int parse(String amount) {
        return new BigDecimal(amount).movePointRight(DIGITS).intValueExact();
    }

    /** Returns a part of an amount, rounded down. */
    static long percent(long cents, int percent) {
        return cents * percent / 100;
    }
}
