/** The audit trail: which entries wait for the audit log, and what happens while the log cannot be written. */
@NullMarked
package io.breakwater.core.business.audit;

import org.jspecify.annotations.NullMarked;
