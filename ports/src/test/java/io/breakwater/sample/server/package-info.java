/** What tests with real servers have in common. */
@NullMarked
package io.breakwater.sample.server;

import org.jspecify.annotations.NullMarked;
