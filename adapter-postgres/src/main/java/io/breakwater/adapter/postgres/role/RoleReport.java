package io.breakwater.adapter.postgres.role;

import java.util.List;

/**
 * The privileges of a role that it does not need.
 *
 * @param excessPrivileges each as the rest of a sentence that begins with "The role"; empty for a suitable role
 * @param canUseStore whether the role can use the schema of our own store
 * @param script statements that create a suitable role
 */
public record RoleReport(List<String> excessPrivileges, boolean canUseStore, String script) {
    /** Copies the list. */
    public RoleReport {
        excessPrivileges = List.copyOf(excessPrivileges);
    }

    /** Whether the role has no excess privileges and cannot use the store. */
    public boolean isClean() {
        return excessPrivileges.isEmpty() && !canUseStore;
    }
}
