package io.breakwater.core.data.processing;

/** A group of a pattern while it is read: which of its parts can match nothing. */
final class RegexGroup {
    private final boolean looksOnly;
    private boolean atomPresent;
    private boolean atomEmpty;
    private boolean alternativeEmpty = true;
    private boolean anyEmpty;
    private int alternatives;

    /**
     * A group without parts.
     *
     * @param looksOnly whether it looks around and consumes nothing
     */
    RegexGroup(boolean looksOnly) {
        this.looksOnly = looksOnly;
    }

    /** The next part, and whether it can match nothing. */
    void add(boolean canBeEmpty) {
        settle();
        atomPresent = true;
        atomEmpty = canBeEmpty;
    }

    /** Repeats the last part; false when that is not allowed. */
    boolean repeat(boolean orNothing) {
        if (!atomPresent || atomEmpty) {
            return false;
        }
        atomEmpty = orNothing;
        settle();
        return true;
    }

    void nextAlternative() {
        settle();
        alternatives++;
        anyEmpty |= alternativeEmpty;
        alternativeEmpty = true;
    }

    void end() {
        nextAlternative();
    }

    boolean canBeEmpty() {
        return looksOnly || anyEmpty;
    }

    /** In how many ways its alternatives can match nothing. */
    int waysToBeEmpty() {
        return anyEmpty ? alternatives : 1;
    }

    /** What was added last is repeated no more. */
    private void settle() {
        if (atomPresent) {
            alternativeEmpty &= atomEmpty;
            atomPresent = false;
        }
    }
}
