package io.breakwater.adapter.postgres.database;

/** What one layer does, alone, about a class of attacks. */
enum LayerVerdict {
    STOPS("stops"),
    IN_PART("in part"),
    DOES_NOT("does not");

    private final String words;

    LayerVerdict(String words) {
        this.words = words;
    }

    /** Of how many attacks had an effect. */
    static LayerVerdict of(long hits, long attacks) {
        return hits == 0 ? STOPS : hits < attacks ? IN_PART : DOES_NOT;
    }

    /** Whether the expected result for a class follows from this one about the whole class or a part of it. */
    boolean agreesWith(LayerVerdict expected, boolean whole) {
        return this == expected || (!whole && expected == IN_PART);
    }

    static LayerVerdict in(String words) {
        for (var verdict : values()) {
            if (verdict.words.equals(words)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("no verdict: " + words);
    }

    @Override
    public String toString() {
        return words;
    }
}
