/**
 * What {@code breakwater demo} starts beside the server: sample services, and a PostgreSQL server with a sample database,
 * whose libraries are in a separate folder beside the program, which production installations do not need.
 */
@NullMarked
package io.breakwater.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
