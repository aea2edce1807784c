/**
 * The driven side: what core asks of the world. Every interface has a contract test in the {@code testkit} artifact
 * (package {@code io.breakwater.port.contract}) that each implementation runs unchanged.
 */
@NullMarked
package io.breakwater.port.driven;

import org.jspecify.annotations.NullMarked;
