/**
 * What {@code breakwater demo} brings along: a real PostgreSQL with a sample database. Its libraries are in a folder of
 * their own beside the program; whoever runs the server for good leaves that folder out.
 */
@NullMarked
package io.breakwater.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
