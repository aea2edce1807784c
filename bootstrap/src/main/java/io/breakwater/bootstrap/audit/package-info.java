/**
 * The audit log in a folder: {@link io.breakwater.bootstrap.audit.FileAuditLog} writes it, {@link
 * io.breakwater.bootstrap.audit.LogVerification} finds changes of it, and {@link
 * io.breakwater.bootstrap.audit.EntrySearch} finds the entries of a call. {@code docs/audit.md} describes the files.
 */
@NullMarked
package io.breakwater.bootstrap.audit;

import org.jspecify.annotations.NullMarked;
