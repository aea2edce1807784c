/**
 * The configuration of the server: its settings, their sources and the checks of their values.
 *
 * <p>A settings record or section declares each {@link io.breakwater.bootstrap.config.Setting} once: name, type,
 * default and description. Reading, checking, the reference page, {@code config show} and {@code config init} use that
 * declaration. {@link io.breakwater.bootstrap.config.Configuration} merges the sources and reads the records; it
 * reports all errors together.
 */
@NullMarked
package io.breakwater.bootstrap.config;

import org.jspecify.annotations.NullMarked;
