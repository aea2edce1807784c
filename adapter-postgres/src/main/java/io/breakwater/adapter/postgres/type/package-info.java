/** Values between PostgreSQL's text form and JSON. */
@NullMarked
package io.breakwater.adapter.postgres.type;

import org.jspecify.annotations.NullMarked;
