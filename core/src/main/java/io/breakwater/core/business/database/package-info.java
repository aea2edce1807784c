/**
 * Somebody else's database, asked by models: how much of a result they get at a time, what a query may cost, and what
 * tables there are. Start at {@link io.breakwater.core.business.database.Database} and {@link
 * io.breakwater.core.business.database.TableDirectory}. What SQL may do at all is decided behind {@link
 * io.breakwater.core.business.database.GuardedSql}.
 */
@NullMarked
package io.breakwater.core.business.database;

import org.jspecify.annotations.NullMarked;
