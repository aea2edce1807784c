/**
 * The command line. One class a command; what they share is in the mixins {@link
 * io.breakwater.bootstrap.cli.ConfigurationOptions}, {@link io.breakwater.bootstrap.cli.OutputOption} and {@link
 * io.breakwater.bootstrap.cli.ServerOptions}. {@link io.breakwater.bootstrap.cli.Main} is where the process begins and
 * ends.
 */
@NullMarked
package io.breakwater.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
