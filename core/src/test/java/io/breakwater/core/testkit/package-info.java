/**
 * For those who test their own tools, resources and prompts: {@link io.breakwater.core.testkit.InMemoryClient} speaks
 * with a server through the whole protocol, of either era, without a port. Published in the {@code testkit} artifact.
 */
@NullMarked
package io.breakwater.core.testkit;

import org.jspecify.annotations.NullMarked;
