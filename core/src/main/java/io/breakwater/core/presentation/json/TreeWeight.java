package io.breakwater.core.presentation.json;

/**
 * Calculates an upper bound of the heap that a JSON document occupies as a tree, from its bytes, before it is parsed.
 * One pass over the bytes counts what becomes an object: values, members, strings. Each has a weight that is never less
 * than the real size; {@code TreeWeightTest} measures this on the running JVM.
 *
 * <p>For any document, the pass agrees with the parser up to the first error, after which the parser builds nothing.
 */
public final class TreeWeight {
    /** If references take eight bytes instead of four, all objects are up to twice as large. */
    private static final int SCALE = Runtime.getRuntime().maxMemory() > 30L << 30 ? 2 : 1;

    /** A slot of an array list while the list grows: the old array and the new array exist at the same time. */
    private static final int SLOT = 10;
    /** A node of an integer of 32 bits, and of 64 bits. */
    private static final int INT = 16;

    private static final int LONG = 24;
    /** A node of a decimal, or of an integer beyond 64 bits, without its digits. */
    private static final int DECIMAL = 56;
    /** A big integer with the beginning of its array. */
    private static final int DIGITS = 64;
    /** A node, a string and its array, without the characters. */
    private static final int TEXT = 72;
    /** An array node with its list. */
    private static final int ARRAY = 56;
    /** The first array of such a list has ten slots. */
    private static final int FIRST_SLOTS = 56;
    /** An object node with its map. */
    private static final int OBJECT = 88;
    /** The first table of such a map has sixteen slots. */
    private static final int FIRST_TABLE = 80;
    /** A map's entry, its slots while the table grows, and the parser's own record of the name. */
    private static final int MEMBER = 96;
    /** From this size on, a collector may allocate whole regions for an array, which at worst doubles its size. */
    private static final int HUMONGOUS = 512 * 1024;

    /** The maximum weight for each byte of a document, in addition to {@link #MIN_WEIGHT} and unclosed arrays. */
    private static final int MOST_PER_BYTE = 72;

    /**
     * The extra weight of an unclosed array, which takes only one byte; there are at most as many as the maximum
     * nesting.
     */
    private static final int MORE_PER_OPEN_ARRAY = ARRAY + FIRST_SLOTS + SLOT - MOST_PER_BYTE;

    /** The weight of the envelope, which even a short message has. */
    private static final int MIN_WEIGHT = 256;

    /** The length in bytes up to which a coarse bound is sufficient. */
    private static final int SHORT_LENGTH = 1_024;

    /** The number of characters of an integer that always fits into 32 bits, and into 64 bits. */
    private static final int INT_DIGITS = 9;

    private static final int LONG_DIGITS = 18;

    private final byte[] utf8;
    private long weight = MIN_WEIGHT;

    private TreeWeight(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Returns an upper bound for a document in bytes of heap; the bound of a short document depends on its length
     * alone.
     */
    public static long atMost(byte[] utf8) {
        if (utf8.length > SHORT_LENGTH) {
            return of(utf8);
        }
        int open = Math.min(utf8.length, TreeReader.MAX_DEPTH);
        return SCALE * (MIN_WEIGHT + (long) MOST_PER_BYTE * utf8.length + (long) MORE_PER_OPEN_ARRAY * open);
    }

    /** Returns the bound from a pass over all bytes. */
    static long of(byte[] utf8) {
        var weight = new TreeWeight(utf8);
        weight.count();
        return SCALE * weight.weight;
    }

    private void count() {
        int i = 0;
        while (i < utf8.length) {
            i = switch (utf8[i]) {
                case '"' -> text(i + 1);
                case '{' -> opened(i, OBJECT, FIRST_TABLE, '}');
                case '[' -> opened(i, ARRAY, FIRST_SLOTS, ']');
                case ',' -> counted(i, SLOT);
                case ':' -> counted(i, MEMBER);
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(i);
                default -> i + 1;
            };
        }
    }

    private int counted(int at, int bytes) {
        weight += bytes;
        return at + 1;
    }

    /** Counts an array or object; an empty one has no table yet. */
    private int opened(int at, int bytes, int first, char end) {
        weight += bytes;
        if (at + 1 < utf8.length && utf8[at + 1] != end) {
            weight += first + SLOT;
        }
        return at + 1;
    }

    /** Counts a string, from after its opening quotation mark; returns the index after its closing one. */
    private int text(int from) {
        boolean plain = true;
        int i = from;
        while (i < utf8.length && utf8[i] != '"') {
            plain &= utf8[i] >= 0 && utf8[i] != '\\';
            i += utf8[i] == '\\' ? 2 : 1;
        }
        weight += characters(Math.min(i, utf8.length) - from, plain);
        return i + 1;
    }

    /**
     * Returns the weight of the characters of a string. The empty string is shared. A string takes two bytes for each
     * character if one of them is outside Latin-1.
     */
    private static long characters(int count, boolean plain) {
        long bytes = plain ? count : 2L * count;
        return count == 0 ? 0 : TEXT + (bytes < HUMONGOUS ? bytes : 2 * bytes);
    }

    /**
     * Counts a number. All trees share the nodes of one digit; a long number stores its digits, in fewer bytes than in
     * the document.
     */
    private int number(int from) {
        boolean integer = true;
        int i = from + 1;
        while (i < utf8.length && isNumeric(utf8[i])) {
            integer &= isDigit(utf8[i]);
            i++;
        }
        int length = i - from;
        weight += length == 1 ? 0 : number(integer, length);
        return i;
    }

    private static int number(boolean integer, int length) {
        if (length > LONG_DIGITS) {
            return DECIMAL + DIGITS + length;
        }
        if (!integer) {
            return DECIMAL;
        }
        return length <= INT_DIGITS ? INT : LONG;
    }

    private static boolean isNumeric(byte b) {
        return isDigit(b) || b == '.' || b == 'e' || b == 'E' || b == '+' || b == '-';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
