package io.breakwater.adapter.postgres.codec;

/**
 * A type of the server.
 *
 * @param name as the server writes it: {@code timestamp with time zone}
 * @param form how its values are written
 */
record PostgresType(String name, ValueEncoder form) {}
