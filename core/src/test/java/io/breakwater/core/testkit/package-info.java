/**
 * Test support for applications that embed a server: {@link io.breakwater.core.testkit.InMemoryClient} uses the whole
 * protocol, in both eras, without a port. Published in the {@code testkit} artifact.
 */
@NullMarked
package io.breakwater.core.testkit;

import org.jspecify.annotations.NullMarked;
