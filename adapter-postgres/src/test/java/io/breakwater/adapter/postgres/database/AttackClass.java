package io.breakwater.adapter.postgres.database;

import java.util.List;
import java.util.Locale;

/**
 * A sort of attacks.
 *
 * @param name what the matrix calls it
 * @param kind what is at stake
 * @param title what its attacks do
 * @param before the statements with which their connection begins
 */
record AttackClass(String name, Kind kind, String title, List<String> before) {

    /** From a heading: {@code name | kind | title | before}. */
    static AttackClass of(String heading) {
        var parts = heading.split("\\s*\\|\\s*", -1);
        var kind = Kind.valueOf(parts[1].replace(' ', '_').toUpperCase(Locale.ROOT));
        return new AttackClass(parts[0], kind, parts[2], parts.length > 3 ? List.of(parts[3]) : List.of());
    }

    /** What is at stake. */
    enum Kind {
        /** Something is changed that others see. */
        WRITES(2),
        /** Something else is done that lasts, or that others notice. */
        SIDE_EFFECTS(1),
        /** Something is told. */
        READS(0),
        /** Time is taken. */
        COSTS(0);

        private final int layers;

        Kind(int layers) {
            this.layers = layers;
        }

        /** How many layers must stop it, each by itself. */
        int layers() {
            return layers;
        }
    }
}
