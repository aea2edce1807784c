/**
 * The pack {@code database}: tools, resources and prompts for the SQL, the tables and the plans of a PostgreSQL
 * database.
 */
@NullMarked
package io.breakwater.core.presentation.tool.database;

import org.jspecify.annotations.NullMarked;
