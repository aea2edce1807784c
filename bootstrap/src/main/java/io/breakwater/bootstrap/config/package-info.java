/**
 * The configuration of the server: what can be set, where the values come from, and what is wrong with them.
 *
 * <p>A settings record declares each of its {@link io.breakwater.bootstrap.config.Setting}s once: name, kind, default
 * and meaning. Reading, checking, the reference page, {@code config show} and {@code config init} all follow from that
 * declaration. {@link io.breakwater.bootstrap.config.Configuration} lays the sources over each other and reads the
 * records; whatever is wrong is collected and told at once.
 */
@NullMarked
package io.breakwater.bootstrap.config;

import org.jspecify.annotations.NullMarked;
