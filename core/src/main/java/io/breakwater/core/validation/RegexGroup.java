package io.breakwater.core.validation;

/** A group of a pattern during reading, with the information which of its parts can match the empty text. */
final class RegexGroup {
    private final boolean lookAround;
    private boolean atomPresent;
    private boolean atomEmpty;
    private boolean alternativeEmpty = true;
    private boolean anyEmpty;
    private int alternatives;

    /**
     * Creates a group without parts.
     *
     * @param lookAround true if the group looks around and consumes nothing
     */
    RegexGroup(boolean lookAround) {
        this.lookAround = lookAround;
    }

    /** Adds a part. */
    void add(boolean canBeEmpty) {
        endPart();
        atomPresent = true;
        atomEmpty = canBeEmpty;
    }

    /** Repeats the last part; returns false if that is not allowed. */
    boolean repeat(boolean optional) {
        if (!atomPresent || atomEmpty) {
            return false;
        }
        atomEmpty = optional;
        endPart();
        return true;
    }

    void nextAlternative() {
        endPart();
        alternatives++;
        anyEmpty |= alternativeEmpty;
        alternativeEmpty = true;
    }

    void end() {
        nextAlternative();
    }

    boolean canBeEmpty() {
        return lookAround || anyEmpty;
    }

    /** Returns the number of ways in which the alternatives can match the empty text. */
    int waysToBeEmpty() {
        return anyEmpty ? alternatives : 1;
    }

    /** Ends the last part; no repetition follows it. */
    private void endPart() {
        if (atomPresent) {
            alternativeEmpty &= atomEmpty;
            atomPresent = false;
        }
    }
}
