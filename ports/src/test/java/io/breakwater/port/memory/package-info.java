/** Fakes of driven ports that live in memory, for tests: they pass the contracts, and can be lost and stalled. */
@NullMarked
package io.breakwater.port.memory;

import org.jspecify.annotations.NullMarked;
