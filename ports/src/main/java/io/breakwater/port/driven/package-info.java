/**
 * The driven side: the systems that core uses. Every interface has a contract test in the {@code testkit} artifact
 * (package {@code io.breakwater.port.contract}) that each implementation runs unchanged.
 */
@NullMarked
package io.breakwater.port.driven;

import org.jspecify.annotations.NullMarked;
