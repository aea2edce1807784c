/** The pack {@code database}: SQL, tables and plans of a PostgreSQL database, as tools, resources and prompts. */
@NullMarked
package io.breakwater.core.presentation.tool.database;

import org.jspecify.annotations.NullMarked;
