/**
 * The PostgreSQL server with a sample database for {@code breakwater demo}. Its libraries are in a separate folder
 * beside the program, which production installations do not need.
 */
@NullMarked
package io.breakwater.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
