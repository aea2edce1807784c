/**
 * What guards do while something that they depend on fails. A guard declares this at its own class, with one {@link
 * io.breakwater.port.outage.OutageBehavior} for each failure; the declarations together are the matrix in {@code
 * docs/reliability.md}, and each of them has a test.
 */
@NullMarked
package io.breakwater.port.outage;

import org.jspecify.annotations.NullMarked;
