/**
 * The command line. Each command is a class; shared options are in the mixins
 * {@link io.breakwater.bootstrap.cli.ConfigurationOptions}, {@link io.breakwater.bootstrap.cli.OutputOption} and
 * {@link io.breakwater.bootstrap.cli.ServerOptions}. {@link io.breakwater.bootstrap.cli.Main} is the entry point.
 */
@NullMarked
package io.breakwater.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
