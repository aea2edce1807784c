/** Connections that calls have for themselves in turn, and what is the same in all of those to one server. */
@NullMarked
package io.breakwater.adapter.postgres.connection;

import org.jspecify.annotations.NullMarked;
