/** Settings of the built-in packs and of the health checks: values that an embedding application may construct. */
@NullMarked
package io.breakwater.server.settings;

import org.jspecify.annotations.NullMarked;
