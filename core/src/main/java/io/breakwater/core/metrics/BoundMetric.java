package io.breakwater.core.metrics;

import io.breakwater.core.business.health.MetricsSnapshot.Figure;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * A figure that an adapter shows. The supplier can be exchanged: what is opened anew after a change of configuration
 * shows its figures under the same name.
 */
final class BoundMetric {
    private final Key key;
    private volatile DoubleSupplier value;

    /** What figures are told apart by. */
    record Key(String name, Map<String, String> labels) {
        Key {
            labels = Map.copyOf(labels);
        }
    }

    BoundMetric(Key key, DoubleSupplier value) {
        this.key = key;
        this.value = value;
    }

    void from(DoubleSupplier value) {
        this.value = value;
    }

    /** The present value; not a number when the adapter cannot tell. */
    double value() {
        try {
            return value.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** Its name and its labels, the same text in every process. */
    String series() {
        return key.name() + new TreeMap<>(key.labels());
    }

    Figure report() {
        return new Figure(key.name(), key.labels(), value());
    }
}
