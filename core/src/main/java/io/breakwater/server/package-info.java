/** Where a server is put together: {@code Breakwater}, the builder that sees every layer. */
@NullMarked
package io.breakwater.server;

import org.jspecify.annotations.NullMarked;
