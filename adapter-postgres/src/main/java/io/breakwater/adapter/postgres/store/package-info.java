/**
 * Our own store: users, documents, budgets, accounts and revocations, with a schema and a role of their own, and with
 * migrations.
 */
@NullMarked
package io.breakwater.adapter.postgres.store;

import org.jspecify.annotations.NullMarked;
