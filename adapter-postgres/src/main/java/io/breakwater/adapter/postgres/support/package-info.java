/** Helpers that several packages of the adapter use. */
@NullMarked
package io.breakwater.adapter.postgres.support;

import org.jspecify.annotations.NullMarked;
