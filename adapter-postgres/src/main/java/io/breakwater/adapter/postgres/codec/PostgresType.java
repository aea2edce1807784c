package io.breakwater.adapter.postgres.codec;

/**
 * A PostgreSQL type.
 *
 * @param name the name in the server's spelling, for example {@code timestamp with time zone}
 * @param encoder the encoder of its values
 */
record PostgresType(String name, ValueEncoder encoder) {}
