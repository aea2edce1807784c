package io.breakwater.adapter.postgres;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries of which only so many are kept: for each one more, the one goes that nobody asked for the longest. */
public final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    private Recent(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    /** A map that threads share: asking it changes the order of its entries, so that even readers take turns. */
    public static <K, V> Map<K, V> atMost(int most) {
        return Collections.synchronizedMap(new Recent<>(most));
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
