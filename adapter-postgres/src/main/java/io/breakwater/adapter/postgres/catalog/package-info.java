/** Reads tables from the server's catalog. */
@NullMarked
package io.breakwater.adapter.postgres.catalog;

import org.jspecify.annotations.NullMarked;
