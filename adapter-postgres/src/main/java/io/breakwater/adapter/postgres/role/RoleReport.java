package io.breakwater.adapter.postgres.role;

import java.util.List;

/**
 * What a role may do beyond what it needs.
 *
 * @param excesses each as the end of a sentence that begins with "The role"; empty for a role as it should be
 * @param seesStore whether it can use the schema of our own store
 * @param script statements that make a role as it should be
 */
public record RoleReport(List<String> excesses, boolean seesStore, String script) {
    /** Copies the list. */
    public RoleReport {
        excesses = List.copyOf(excesses);
    }

    /** One that nothing is said against. */
    public boolean isClean() {
        return excesses.isEmpty() && !seesStore;
    }
}
