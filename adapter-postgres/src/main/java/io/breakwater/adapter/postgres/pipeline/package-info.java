/** Sends statements to the server: verbatim, several in one round trip. */
@NullMarked
package io.breakwater.adapter.postgres.pipeline;

import org.jspecify.annotations.NullMarked;
