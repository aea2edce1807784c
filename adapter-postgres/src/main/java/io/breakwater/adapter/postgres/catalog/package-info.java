/** What the server's own catalogue says of its tables. */
@NullMarked
package io.breakwater.adapter.postgres.catalog;

import org.jspecify.annotations.NullMarked;
