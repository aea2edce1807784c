/**
 * The database that models query: how much of a result one call returns, what a query may cost, and which tables there
 * are. Start at {@link io.breakwater.core.business.database.Database} and {@link
 * io.breakwater.core.business.database.TableDirectory}. {@link io.breakwater.port.driven.SqlGateway}
 * determines what SQL may do.
 */
@NullMarked
package io.breakwater.core.business.database;

import org.jspecify.annotations.NullMarked;
